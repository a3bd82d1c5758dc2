/**
 * Words and turns that a reader whose English is a second language stumbles over, each with what to write instead. `except` names the uses that are plain.
 *
 * @type {readonly { readonly word: RegExp; readonly instead: string; readonly except?: RegExp }[]}
 */
export const words = [
  {
    word: /\b(refus(e|es|ed|ing|al|als))\b/i,
    instead: "throws if …, rejects, does not accept; for a person: declines",
    // What a network answers is called so by every system.
    except:
      /(connection|connect|port|socket)s?( (is|are|was|were|gets?))? refused|ECONNREFUSED|refused (the )?connection/i,
  },
  { word: /\banew\b/i, instead: "again" },
  {
    word: /\b(is|are|was|were|be|been|being|gets?|got|what it is) asked\b|\basked (for|of|to|about|again|at|with|after)\b/i,
    instead: "is called, is requested, is queried; the request",
  },
  { word: /\b(stands?|stood|standing) in\b/i, instead: "is in; for a replacement: replaces" },
  {
    word: /\bstands? (on|beside|next to|above|below|before|behind|there)\b/i,
    instead: "is on, is next to; depends on",
  },
  {
    word: /\b(lies|lay|lying) (in|on|at|where|beside|between|under|there|before|behind|within)\b/i,
    instead: "is in, is next to",
  },
  { word: /\bsits? (in|on|beside|next to|between|under)\b/i, instead: "is in, is next to" },
  { word: /\b(what|who|which) (is|are) no\b/i, instead: "a value that is not a …" },
  {
    word: /\b(is|are|was|were|that's) no (list|number|string|text|array|object|function|integer|file|folder|directory|vector|document|option|model|index|tensor)\b/i,
    instead: "is not a …",
  },
  { word: /\bcannot be meant\b|\bcan't be meant\b/i, instead: "is invalid" },
  { word: /\bfor want of\b|\bwants? for\b/i, instead: "because … is missing" },
  { word: /\bsave that\b/i, instead: "except that" },
  { word: /\bas against\b/i, instead: "compared with" },
  { word: /\bof (its|their|his|her|our|your|my|one's) own\b/i, instead: "its own …, or separate" },
  { word: /\btaken for\b/i, instead: "treated as, mistaken for", except: /mistaken for/i },
  { word: /\btold (so|of|as much)\b/i, instead: "reported, informed" },
  {
    word: /\b(hither|thither|whence|hence|thence|thereof|therein|thereby|thereupon|whereby|wherein|whereupon|herein|heretofore|forthwith|ere|lest|albeit|amongst|whilst|betwixt|nigh|naught|aught)\b/i,
    instead: "a plain word: from there, so, in it, while, …",
  },
  {
    word: /\bbe it\b/i,
    instead: "whether it is",
    except: /(let|can|could|should|would|must|may|might|to) be it/i,
  },
  { word: /\bdisposed of\b/i, instead: "has been disposed, is disposed" },
];
