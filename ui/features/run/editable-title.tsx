'use client'

import { Pencil } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { IconButton } from '@/ui/kit/button'
import { takeFocus } from '@/ui/kit/take-focus'
import { useHotkey } from '@/ui/kit/use-hotkey'

export type EditableTitleProps = { value: string; editable: boolean; onSave: (value: string) => void }

/** A heading that is edited where it stands: Enter saves, Esc keeps the old words. */
export function EditableTitle({ value, editable, onSave }: EditableTitleProps) {
  const [draft, setDraft] = useState<string>()
  const opener = useHotkey<HTMLButtonElement>('e', () => setDraft(value))
  const close = () => {
    setDraft(undefined)
    requestAnimationFrame(() => opener.current?.focus())
  }
  const save = () => {
    const next = draft?.trim()
    if (next && next !== value) onSave(next)
    setDraft(undefined)
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') save()
    if (event.key === 'Escape') close()
  }
  if (draft !== undefined)
    return (
      <>
        <input
          aria-label="Run name"
          aria-describedby="run-name-keys"
          value={draft}
          maxLength={500}
          spellCheck={false}
          ref={takeFocus}
          onFocus={event => event.currentTarget.select()}
          onChange={event => setDraft(event.target.value)}
          onKeyDown={press}
          onBlur={save}
          className="t-page field-sizing-content -mx-1.5 min-w-32 max-w-full rounded-md border border-accent bg-surface px-1.5 py-0.5 outline-none"
        />
        <span id="run-name-keys" className="t-micro text-ink-3 max-md:hidden">
          Enter saves, Esc keeps the old name
        </span>
      </>
    )
  return (
    <>
      <h1 title={value} className="t-page min-w-0 truncate border border-transparent py-0.5">
        {value}
      </h1>
      {editable ? (
        <IconButton ref={opener} label="Rename (E)" size="small" onClick={() => setDraft(value)}>
          <Pencil aria-hidden />
        </IconButton>
      ) : null}
    </>
  )
}
