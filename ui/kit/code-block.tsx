import type { ReactNode } from 'react'
import { cn } from './cn'
import { colourCode } from './colour-code'
import { CopyButton } from './copy-button'

export type CodeBlockProps = {
  code: string
  /** In place of the copy button: for a text that is not whole before the click. */
  action?: ReactNode
  /** Left of the copy button: a file name, or tabs. */
  head?: ReactNode
  className?: string
}

/** Numbered lines with a copy button. */
export function CodeBlock({ code, action, head, className }: CodeBlockProps) {
  return (
    <div className={cn('rounded-lg border border-line bg-inset', className)}>
      <div className="flex h-9 items-center gap-0.5 border-line border-b px-1.5">
        {head}
        <span className="flex-1" />
        {action ?? <CopyButton look="quiet" size="small" text={code} />}
      </div>
      <ol className="t-code overflow-x-auto py-2.5">
        {code.split('\n').map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the line number is the line's identity
          <li key={at} className="flex h-[22px] whitespace-pre px-3.5 leading-[22px]">
            <span aria-hidden className="w-[22px] shrink-0 select-none text-ink-3">
              {at + 1}
            </span>
            <code>{colourCode(line)}</code>
          </li>
        ))}
      </ol>
    </div>
  )
}
