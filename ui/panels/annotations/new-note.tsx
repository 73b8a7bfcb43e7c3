'use client'

import { useState } from 'react'
import type { Zoom } from '@/ui/charts/line'
import { Button } from '@/ui/kit/button'
import { Kbd } from '@/ui/kit/kbd'
import { Segmented } from '@/ui/kit/segmented'
import { useHotkey } from '@/ui/kit/use-hotkey'
import type { PanelRun } from '../panel-run'
import { NoteField } from './note-field'
import type { AnnotatedAxis, Annotations } from './use-annotations'

export type NewNoteProps = {
  metric: string
  /** Those that are drawn. */
  runs: readonly PanelRun[]
  axis: AnnotatedAxis
  /** Where the values are pinned. */
  x: number
  window: Zoom | null
  annotations: Annotations
  onDone: () => void
}

const points = [
  { value: 'point', label: 'This point' },
  { value: 'range', label: 'Zoomed range' },
] as const

const keyOrAll = [
  { value: 'key', label: 'This key' },
  { value: 'all', label: 'All panels' },
] as const

const drawnOrAll = (runs: number) =>
  [
    { value: 'drawn', label: runs === 1 ? 'This run' : `These ${runs} runs` },
    { value: 'all', label: 'All runs' },
  ] as const

/** As many as a note can name. */
const MOST_RUNS = 100

/** Under the pinned values: a note on this x, or on the range that is zoomed to. */
export function NewNote({ metric, runs, axis, x, window, annotations, onDone }: NewNoteProps) {
  const [writing, setWriting] = useState(false)
  const [where, setWhere] = useState<'point' | 'range'>('point')
  const [on, setOn] = useState<'key' | 'all'>('key')
  const [of, setOf] = useState<'drawn' | 'all'>('drawn')
  const opener = useHotkey<HTMLButtonElement>('n', () => setWriting(true))
  if (!writing) {
    return (
      <div className="border-line border-t p-1.5">
        <Button ref={opener} size="small" look="quiet" onClick={() => setWriting(true)}>
          Note <Kbd>N</Kbd>
        </Button>
      </div>
    )
  }
  const save = (text: string) => {
    const place = where === 'range' && window ? { from: window[0], to: window[1] } : { from: x }
    const named = of === 'drawn' && runs.length <= MOST_RUNS && { runs: runs.map(({ run }) => run) }
    return annotations.create({ ...(on === 'key' && { key: metric }), ...named, axis, ...place, text }).then(onDone)
  }
  return (
    <div className="border-line border-t p-3">
      <NoteField onSave={save} onCancel={() => setWriting(false)}>
        {window ? <Segmented label="Note on" value={where} onChange={setWhere} options={points} /> : null}
        <Segmented label="Shown on" value={on} onChange={setOn} options={keyOrAll} />
        {runs.length <= MOST_RUNS ? (
          <Segmented label="Of" value={of} onChange={setOf} options={drawnOrAll(runs.length)} />
        ) : null}
      </NoteField>
    </div>
  )
}
