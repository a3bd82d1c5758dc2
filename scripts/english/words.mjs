/**
 * Words and turns that a reader whose English is a second language stumbles over, each with what to write instead. A line that matches `except` uses it plainly.
 *
 * @type {readonly { readonly word: RegExp; readonly instead: string; readonly except?: RegExp }[]}
 */
export const words = [
  {
    word: /\b(refus(e|es|ed|ing|al|als))\b/gi,
    instead: "throws if …, rejects, does not accept; for a person: declines",
    // What a network answers is called so by every system.
    except:
      /(connection|connect|port|socket)s?( (is|are|was|were|gets?))? refused|ECONNREFUSED|refused (the )?connection/i,
  },
  { word: /\banew\b/gi, instead: "again" },
  {
    word: /\b(is|are|was|were|be|been|being|gets?|got) asked\b|\basked (for|of|to|about|again|at|with|after)\b/gi,
    instead: "is called, is requested, is queried; the request",
  },
  { word: /\b(stands?|stood|standing) in\b/gi, instead: "is in; for a replacement: replaces" },
  {
    word: /\bstands? (on|beside|next to|above|below|before|behind|there)\b/gi,
    instead: "is on, is next to; depends on",
  },
  {
    word: /\b(lies|lay|lying) (in|on|at|where|beside|between|under|there|before|behind|within)\b/gi,
    instead: "is in, is next to",
    // A text of a golden.
    except: /lies on the Spree/,
  },
  { word: /\bsits? (in|on|beside|next to|between|under)\b/gi, instead: "is in, is next to" },
  { word: /\b(what|who|which) (is|are) no\b/gi, instead: "a value that is not a …" },
  {
    word: /\b(is|are|was|were|that's) no (list|number|string|text|array|object|function|integer|file|folder|directory|vector|document|option|model|index|tensor)\b/gi,
    instead: "is not a …",
    except: /\bthere (is|are|was|were) no\b/i,
  },
  { word: /\bcannot be meant\b|\bcan't be meant\b/gi, instead: "is invalid" },
  { word: /\bfor want of\b|\bwants? for\b/gi, instead: "because … is missing" },
  { word: /\bsave that\b/gi, instead: "except that" },
  { word: /\bas against\b/gi, instead: "compared with" },
  { word: /\bof (its|their|his|her|our|your|my|one's) own\b/gi, instead: "its own …, or separate" },
  { word: /\btaken for\b/gi, instead: "treated as, mistaken for", except: /mistaken for/i },
  { word: /\btold (so|of|as much)\b/gi, instead: "reported, informed" },
  {
    word: /\b(hither|thither|whence|hence|thence|thereof|therein|thereby|thereupon|whereby|wherein|whereupon|herein|heretofore|forthwith|ere|lest|albeit|amongst|whilst|betwixt|nigh|naught|aught)\b/gi,
    instead: "a plain word: from there, so, in it, while, …",
  },
  {
    word: /\bbe it\b/gi,
    instead: "whether it is",
    except: /(let|can|could|should|would|must|may|might|to) be it/i,
  },
  { word: /\bdisposed of\b/gi, instead: "has been disposed, is disposed" },
  {
    word: /\b(is|are) (all )?(others|another) here\b|\bits \w+ (is|are) others\b/gi,
    instead: "differs, differ",
  },
  { word: /\bevent loop does not turn\b/gi, instead: "blocks the event loop" },
  {
    word: /\bask(s|ed|ing)? (an|the|your) (index|store|model|server|hub|texts?)\b/gi,
    instead: "searches, calls",
  },
  {
    word: /(\/\*\*|^ *\*) (The most|Most) \w+ (of|in|to|that|which)\b/g,
    instead: "maximum number of …; most … means nearly all",
  },
  { word: /@param most\b/g, instead: "a name that says of what: maxSteps, maxBytes" },
  { word: /\blooks? at the clock\b/gi, instead: "checks of the clock, checks the clock" },
  { word: /\b(when|once|before|until) the time is over\b/gi, instead: "within the timeout" },
  { word: /\bequally deep\b/gi, instead: "the same relative path is right from both" },
  { word: /\bwith success, but\b/gi, instead: "returned a successful response without …" },
];
