import type { Asker, PanelQuestion } from './ask-series'

declare global {
  interface Window {
    /** What the page asked while its scripts were on their way; see `first-questions`. */
    firstSeries?: { questions: string[]; answer: Promise<Response> } | undefined
  }
}

type Event = (asker: Asker) => void

/** Keeps what comes until somebody asks for it. */
export class KeptAnswer implements Asker {
  readonly #kept: Event[] = []
  #asker: Asker | null = null

  series: Asker['series'] = answer => this.#pass(asker => asker.series(answer))
  end: Asker['end'] = part => this.#pass(asker => asker.end(part))
  failed: Asker['failed'] = failure => this.#pass(asker => asker.failed(failure))

  giveTo(asker: Asker): void {
    this.#asker = asker
    for (const event of this.#kept.splice(0)) event(asker)
  }

  #pass(event: Event) {
    if (this.#asker) event(this.#asker)
    else this.#kept.push(event)
  }
}

/** By then every panel of the first screen has asked; a page that comes later asks for itself. */
const FIRST_MS = 10_000

/** The question in the words in which the page asks it first. */
export const wordsOf = ({ runs, keys, x, window, width }: PanelQuestion): string =>
  JSON.stringify({ runs, keys, x, window, width })

export type FirstAnswer = { questions: Map<string, KeptAnswer>; response: Promise<Response> }

let first: FirstAnswer | null | undefined

/** What this page asked before its scripts ran; taken over once. */
export function findFirst(): { answer: FirstAnswer; fresh: boolean } | null {
  if (typeof window === 'undefined') return null
  if (performance.now() > FIRST_MS) first = null
  const fresh = first === undefined
  if (fresh) {
    const asked = window.firstSeries
    window.firstSeries = undefined
    first = asked
      ? { questions: new Map(asked.questions.map(words => [words, new KeptAnswer()])), response: asked.answer }
      : null
  }
  return first ? { answer: first, fresh } : null
}
