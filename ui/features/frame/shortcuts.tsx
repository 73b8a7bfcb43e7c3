'use client'

import { CircleHelp } from 'lucide-react'
import { useState } from 'react'
import { cn } from '@/ui/kit/cn'
import { Dialog, DialogContent, DialogTrigger } from '@/ui/kit/dialog'
import { Kbd } from '@/ui/kit/kbd'
import { useHotkey } from '@/ui/kit/use-hotkey'

const sheet = [
  {
    title: 'Anywhere',
    keys: [
      ['F', 'Filter runs'],
      ['E', 'Rename the run'],
      ['[', 'Open or collapse the rail'],
      ['← →', 'On the divider: make the list wider'],
      ['Ctrl ↵', 'Save the notes of a run'],
      ['Esc', 'Leave a field, close what floats'],
      ['?', 'This sheet'],
    ],
  },
  {
    title: 'On a panel that has the focus',
    keys: [
      ['← →', 'Move from point to point; with Shift by ten'],
      ['↑ ↓', 'Move from line to line'],
      ['Home End', 'The first and the last point'],
      ['+ −', 'Zoom in and out'],
      ['[ ]', 'Move the zoomed window'],
      ['0', 'Show everything'],
      ['↵', 'Pin the values'],
      ['N', 'Write a note on what is pinned'],
      ['C', 'Copy the value'],
      ['Esc', 'Let go of what is pinned'],
    ],
  },
] as const

/** What the keyboard does. */
export function Shortcuts({ closed }: { closed: boolean }) {
  const [open, setOpen] = useState(false)
  const opener = useHotkey<HTMLButtonElement>('?', () => setOpen(true))
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger
        ref={opener}
        aria-label="Keyboard shortcuts"
        title={closed ? 'Keyboard shortcuts (?)' : undefined}
        className={cn(
          'motion mx-2 flex h-7 shrink-0 items-center gap-2 rounded-md px-2 text-ink-2 hover:bg-hover',
          closed && 'justify-center px-0',
        )}
      >
        <CircleHelp aria-hidden className="size-4 shrink-0" />
        {closed ? null : <span>Shortcuts</span>}
      </DialogTrigger>
      <DialogContent title="Keyboard">
        <div className="flex flex-col gap-4">
          {sheet.map(({ title, keys }) => (
            <section key={title} aria-label={title}>
              <h3 className="t-small mb-2 font-semibold">{title}</h3>
              <dl className="t-small grid grid-cols-[88px_1fr] items-center gap-y-2">
                {keys.map(([key, does]) => (
                  <div key={key} className="contents">
                    <dt>
                      <Kbd>{key}</Kbd>
                    </dt>
                    <dd className="text-ink-2">{does}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </DialogContent>
    </Dialog>
  )
}
