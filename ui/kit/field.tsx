import { type ReactNode, useId } from 'react'
import { cn } from './cn'

type Wiring = { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }

export type FieldProps = {
  label: ReactNode
  hint?: ReactNode
  error?: ReactNode
  className?: string
  /** Gets the id and the aria attributes to spread on the control. */
  children: (wiring: Wiring) => ReactNode
}

/** A label above a control, with its hint or its error below, wired for screen readers. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId()
  const note = error ?? hint
  const wiring: Wiring = { id }
  if (note) wiring['aria-describedby'] = `${id}-note`
  if (error) wiring['aria-invalid'] = true
  return (
    <div className={cn('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="t-small font-medium text-ink">
        {label}
      </label>
      {children(wiring)}
      {note ? (
        <p
          id={`${id}-note`}
          className={cn('t-micro', error ? 'text-bad' : 'text-ink-3')}
          role={error ? 'alert' : undefined}
        >
          {note}
        </p>
      ) : null}
    </div>
  )
}
