/** A run as panels draw it. */
export type PanelRun = {
  /** The server's own number, in decimal. */
  readonly run: string
  readonly name: string
  /** Its place in the project's order: its colour for ever. */
  readonly order: number
  /** More points may come. */
  readonly live: boolean
}
