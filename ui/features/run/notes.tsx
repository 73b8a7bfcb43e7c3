'use client'

import { useState } from 'react'
import { Button } from '@/ui/kit/button'
import { Textarea } from '@/ui/kit/input'
import { Block } from './block'
import type { RunPlace } from './run-header'
import { useEditRun } from './use-edit-run'

export type NotesProps = { place: RunPlace; notes: string | null; editable: boolean }

export function Notes({ place, notes, editable }: NotesProps) {
  const [draft, setDraft] = useState<string>()
  const edit = useEditRun(place)
  const save = () => {
    if (draft !== undefined && draft.trim() !== (notes ?? '')) edit({ notes: draft.trim() })
    setDraft(undefined)
  }
  if (!notes && !editable) return null
  const action =
    !editable || draft !== undefined ? undefined : (
      <Button look="quiet" size="small" className="-mr-2" onClick={() => setDraft(notes ?? '')}>
        {notes ? 'Edit' : 'Write'}
      </Button>
    )
  return (
    <Block title="Notes" action={action}>
      {draft === undefined ? (
        <p className="t-small whitespace-pre-wrap break-words text-ink-2">{notes || 'No notes.'}</p>
      ) : (
        <div className="flex flex-col gap-2">
          <Textarea
            aria-label="Notes"
            autoFocus
            rows={4}
            maxLength={20_000}
            value={draft}
            onChange={event => setDraft(event.target.value)}
            onKeyDown={event => {
              if (event.key === 'Escape') setDraft(undefined)
              if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) save()
            }}
          />
          <span className="flex gap-2">
            <Button size="small" onClick={save}>
              Save notes
            </Button>
            <Button size="small" look="quiet" onClick={() => setDraft(undefined)}>
              Cancel
            </Button>
          </span>
        </div>
      )}
    </Block>
  )
}
