'use client'

import { cn } from '@/ui/kit/cn'
import { CopyButton } from '@/ui/kit/copy-button'
import { diffOf, type Environment } from './environment'

/** What was not committed when the run began. */
export function CodeChanges({ environment }: { environment: Environment }) {
  const diff = diffOf(environment)
  if (!diff) return null
  return (
    <details className="mt-2">
      <summary className="t-small cursor-pointer text-ink-2 hover:text-ink">Changes that were not committed</summary>
      <div className="mt-1 flex justify-end">
        <CopyButton look="quiet" size="small" text={diff} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0} className="t-code max-h-80 overflow-auto rounded-md bg-inset p-2">
        {diff.split('\n').map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the line number is the line's identity
          <span key={at} className={cn('block', toneOf(line))}>
            {line || ' '}
          </span>
        ))}
      </pre>
    </details>
  )
}

function toneOf(line: string): string {
  if (/^(diff |index |--- |\+\+\+ |@@)/.test(line)) return 'text-ink-3'
  if (line.startsWith('+')) return 'text-ok'
  return line.startsWith('-') ? 'text-bad' : ''
}
