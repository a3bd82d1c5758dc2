/** An answer, or a part of one, that is JSON text already. */
export class JsonText {
  constructor(readonly text: string) {}
}
