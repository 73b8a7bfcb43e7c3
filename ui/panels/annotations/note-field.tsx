'use client'

import { type ReactNode, useState } from 'react'
import { Button } from '@/ui/kit/button'
import { Textarea } from '@/ui/kit/input'

export type NoteFieldProps = {
  first?: string
  onSave: (text: string) => Promise<unknown>
  onCancel: () => void
  /** Between the text and the buttons. */
  children?: ReactNode
}

/** The text of an annotation while it is written. It stays until the server has taken it. */
export function NoteField({ first = '', onSave, onCancel, children }: NoteFieldProps) {
  const [text, setText] = useState(first)
  const [saving, setSaving] = useState(false)
  const save = () => {
    if (saving || text.trim() === '') return
    setSaving(true)
    // Why it was refused is told by who saves.
    onSave(text.trim()).catch(() => setSaving(false))
  }
  return (
    <div className="flex flex-col gap-2">
      <Textarea
        aria-label="Note"
        autoFocus
        rows={3}
        maxLength={2_000}
        value={text}
        onChange={event => setText(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) save()
          if (event.key !== 'Escape') return
          event.stopPropagation()
          onCancel()
        }}
      />
      {children}
      <span className="flex gap-2">
        <Button size="small" disabled={saving || text.trim() === ''} onClick={save}>
          Save
        </Button>
        <Button size="small" look="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </span>
    </div>
  )
}
