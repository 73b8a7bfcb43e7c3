'use client'

import { Plus, X } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { Badge } from '@/ui/kit/badge'
import { IconButton } from '@/ui/kit/button'
import { takeFocus } from '@/ui/kit/take-focus'

export type TagListProps = { tags: readonly string[]; editable: boolean; onChange: (tags: string[]) => void }

export function TagList({ tags, editable, onChange }: TagListProps) {
  const [draft, setDraft] = useState<string>()
  const add = () => {
    const tag = draft?.trim()
    if (tag && !tags.includes(tag)) onChange([...tags, tag])
    setDraft(undefined)
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') add()
    if (event.key === 'Escape') setDraft(undefined)
  }
  if (tags.length === 0 && !editable) return null
  return (
    <span className="flex flex-wrap items-center gap-1">
      {tags.map(tag => (
        <Badge key={tag} className="group">
          {tag}
          {editable ? (
            <button
              type="button"
              aria-label={`Take away the tag ${tag}`}
              onClick={() => onChange(tags.filter(each => each !== tag))}
              className="-mr-1 grid size-3.5 place-items-center rounded-sm text-ink-3 hover:text-ink"
            >
              <X aria-hidden className="size-3" />
            </button>
          ) : null}
        </Badge>
      ))}
      {draft !== undefined ? (
        <input
          aria-label="New tag"
          value={draft}
          maxLength={64}
          ref={takeFocus}
          onChange={event => setDraft(event.target.value)}
          onKeyDown={press}
          onBlur={add}
          className="t-micro field-sizing-content h-5 min-w-16 rounded-sm border border-accent bg-surface px-1.5"
        />
      ) : editable ? (
        <IconButton label="Add a tag" size="small" onClick={() => setDraft('')}>
          <Plus aria-hidden />
        </IconButton>
      ) : null}
    </span>
  )
}
