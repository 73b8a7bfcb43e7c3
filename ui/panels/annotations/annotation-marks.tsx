'use client'

import { Flag } from 'lucide-react'
import { useState } from 'react'
import type { XKind } from '@/ui/charts/line'
import { type Plot, xToPixel } from '@/ui/charts/plot'
import { sayX } from '@/ui/charts/x-words'
import { TimeAgo } from '@/ui/format/time-ago'
import { Button } from '@/ui/kit/button'
import { Popover, PopoverContent, PopoverTrigger } from '@/ui/kit/popover'
import { NoteField } from './note-field'
import type { Annotation, Annotations } from './use-annotations'

export type AnnotationMarksProps = {
  plot: Plot
  kind: XKind
  shown: readonly Annotation[]
  annotations: Annotations
}

/** A flag at the top of the plot each, its range tinted; hovering or opening a flag tells who wrote what. */
export function AnnotationMarks({ plot, kind, shown, annotations }: AnnotationMarksProps) {
  const inView = shown.filter(({ from, to }) => from <= plot.x.high && (to ?? from) >= plot.x.low)
  if (inView.length === 0) return null
  return (
    <ul aria-label="Annotations" className="pointer-events-none absolute inset-0">
      {inView.map(each => (
        <AnnotationMark key={each.id} {...{ plot, kind, annotations }} annotation={each} />
      ))}
    </ul>
  )
}

type MarkProps = Omit<AnnotationMarksProps, 'shown'> & { annotation: Annotation }

function AnnotationMark({ plot, kind, annotation, annotations }: MarkProps) {
  const { from, to, text, author } = annotation
  const [open, setOpen] = useState(false)
  const place = (x: number) => Math.min(Math.max(xToPixel(plot, x), plot.left), plot.left + plot.width)
  const left = place(from)
  const width = to === null ? 0 : place(to) - left
  const where = to === null ? sayX(kind, from) : `${sayX(kind, from)} to ${sayX(kind, to)}`
  return (
    <li>
      <span
        aria-hidden
        className="absolute border-[var(--chart-mark)] border-l border-dashed bg-[var(--chart-span)] opacity-70"
        style={{ left, width, top: plot.top, height: plot.height }}
      />
      <Popover open={open} onOpenChange={setOpen}>
        <PopoverTrigger
          aria-label={`${text}, ${author ?? 'unknown'}, ${where}`}
          title={open ? undefined : `${author ?? 'unknown'}: ${text}`}
          onPointerEnter={event => event.pointerType === 'mouse' && setOpen(true)}
          className="pointer-events-auto absolute flex size-4 items-center justify-center rounded-sm bg-surface text-ink-2 hover:text-ink [@media(hover:none)]:size-6"
          style={{ left: left - 1, top: plot.top }}
        >
          <Flag aria-hidden className="size-3" />
        </PopoverTrigger>
        <PopoverContent
          side="right"
          align="start"
          aria-label={`Annotation at ${where}`}
          onOpenAutoFocus={event => event.preventDefault()}
        >
          <Told {...{ annotation, annotations, where }} onGone={() => setOpen(false)} />
        </PopoverContent>
      </Popover>
    </li>
  )
}

type ToldProps = { annotation: Annotation; annotations: Annotations; where: string; onGone: () => void }

/** What an annotation says, by whom and when; edited and deleted by who may. */
function Told({ annotation, annotations, where, onGone }: ToldProps) {
  const { id, text, author, createdAt, editedAt, editable } = annotation
  const [editing, setEditing] = useState(false)
  const save = (changed: string) => annotations.edit(id, changed).then(() => setEditing(false))
  return (
    <div className="flex flex-col gap-2">
      <p className="t-small text-ink-3">
        <b className="font-semibold text-ink">{author ?? 'Unknown'}</b> <TimeAgo at={createdAt.getTime()} />
        {editedAt ? ', edited' : ''} · {where}
      </p>
      {editing ? (
        <NoteField first={text} onSave={save} onCancel={() => setEditing(false)} />
      ) : (
        <p className="max-h-48 overflow-y-auto whitespace-pre-wrap break-words">{text}</p>
      )}
      {editable && !editing ? (
        <span className="flex gap-2">
          <Button size="small" onClick={() => setEditing(true)}>
            Edit
          </Button>
          <Button size="small" look="danger" onClick={() => void annotations.remove(id).then(onGone, () => {})}>
            Delete
          </Button>
        </span>
      ) : null}
    </div>
  )
}
