import { type ReactNode, useId } from 'react'
import { CopyButton } from '@/ui/kit/copy-button'
import { Input } from '@/ui/kit/input'

/** A secret at the only moment when it can be read. */
export function ShownOnce({ label, secret, children }: { label: string; secret: string; children: ReactNode }) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="t-small font-medium">
        {label}
      </label>
      <span className="flex gap-2">
        <Input
          id={id}
          readOnly
          autoFocus
          value={secret}
          onFocus={event => event.currentTarget.select()}
          className="font-mono! flex-1"
        />
        <CopyButton look="main" text={secret} />
      </span>
      <p className="t-small text-ink-2">{children}</p>
    </div>
  )
}
