import { type PartBytes, PartSplitter } from '@/protocol/answer'
import type { AnswerPart, EndPart, SeriesPanel, SeriesPart } from '@/protocol/series.schema'
import type { Frame } from '@/series/frame'
import { findFirst, wordsOf } from './first-answer'

export type PanelQuestion = Omit<SeriesPanel, 'id'>

export type SeriesAnswer = { readonly head: SeriesPart; readonly points: Frame }

export type Asker = {
  series: (answer: SeriesAnswer) => void
  end: (part: EndPart) => void
  failed: (failure: Failure) => void
}

/** Why a read failed, in words for the reader. */
export type Failure = { readonly message: string; readonly requestId?: string | undefined }

type Waiting = { id: string; asker: Asker; open: boolean }

type Asked = Waiting & { question: PanelQuestion }

type Batch = { asked: Asked[]; abort: AbortController }

/** Panels in one question, at most. */
const MOST = 200

let together: Batch | null = null
let last = 0

/** Asks for one panel, unless the page itself asked the same before its scripts ran; what is asked in the same turn travels as one question. Returns what gives the question up. */
export function askSeries(question: PanelQuestion, asker: Asker): () => void {
  const kept = question.held?.length ? undefined : takeFirst(question)
  if (kept) {
    let open = true
    // The asker does not expect an answer before it has asked.
    queueMicrotask(() => open && kept.giveTo(asker))
    return () => {
      open = false
      kept.giveTo(nobody)
    }
  }
  const asked: Asked = { id: `p${++last}`, question, asker, open: true }
  if (!together || together.asked.length >= MOST) {
    const batch: Batch = { asked: [], abort: new AbortController() }
    together = batch
    queueMicrotask(() => {
      if (together === batch) together = null
      void send(batch)
    })
  }
  const batch = together
  batch.asked.push(asked)
  return () => {
    asked.open = false
    if (batch.asked.every(each => !each.open)) batch.abort.abort()
  }
}

const nobody: Asker = { series: () => {}, end: () => {}, failed: () => {} }

/** What the page asked first in the same words, for whoever comes first. */
function takeFirst(question: PanelQuestion) {
  const found = findFirst()
  if (!found) return undefined
  const { questions, response } = found.answer
  if (found.fresh) {
    const asked = [...questions.values()].map((asker, at) => ({ id: `f${at}`, asker, open: true }))
    void receive(asked, response)
  }
  const words = wordsOf(question)
  const kept = questions.get(words)
  questions.delete(words)
  return kept
}

async function send({ asked: batch, abort }: Batch): Promise<void> {
  const panels = batch.filter(asked => asked.open).map(({ id, question }) => ({ id, ...question }))
  if (panels.length === 0) return
  const asking = fetch('/api/series', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ panels }),
    signal: abort.signal,
  })
  await receive(batch, asking)
}

async function receive(batch: Waiting[], asking: Promise<Response>): Promise<void> {
  try {
    const response = await asking
    if (!response.ok || !response.body) return failAll(batch, await refusalOf(response))
    const requestId = response.headers.get('x-request-id') ?? undefined
    const splitter = new PartSplitter()
    const reader = response.body.getReader()
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      for (const part of splitter.push(piece.value)) deliver(batch, part, requestId)
    }
    failAll(batch, { message: 'The answer ended before this panel was read.', requestId })
  } catch {
    failAll(batch, { message: 'The server could not be reached. The points are stored; only this reading failed.' })
  }
}

function deliver(batch: Waiting[], { json, columns }: PartBytes, requestId: string | undefined) {
  const part = json as AnswerPart
  const asked = batch.find(each => each.id === part.id)
  if (!asked?.open) return
  if (part.part === 'series') {
    const { n } = part
    const points = {
      steps: columns.whole(n, 'steps'),
      times: columns.whole(n, 'times'),
      values: columns.floats(n, 'values'),
    }
    asked.asker.series({ head: part, points })
    return
  }
  asked.open = false
  if (part.part === 'end') asked.asker.end(part)
  else asked.asker.failed({ message: part.message, requestId })
}

function failAll(batch: Waiting[], failure: Failure) {
  for (const asked of batch) {
    if (!asked.open) continue
    asked.open = false
    asked.asker.failed(failure)
  }
}

type ErrorBody = { error?: { message?: string; request_id?: string } }

async function refusalOf(response: Response): Promise<Failure> {
  const body: ErrorBody = await response.json().catch(() => ({}))
  return {
    message: body.error?.message ?? `The server answered ${response.status}.`,
    requestId: body.error?.request_id ?? response.headers.get('x-request-id') ?? undefined,
  }
}
