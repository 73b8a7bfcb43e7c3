import type { ReactNode } from 'react'

export type SettingsSectionProps = { title: string; note?: ReactNode; action?: ReactNode; children: ReactNode }

export function SettingsSection({ title, note, action, children }: SettingsSectionProps) {
  return (
    <section aria-label={title}>
      <header className="mb-3 flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <h2 className="t-title">{title}</h2>
          {note ? <p className="t-small mt-0.5 text-ink-2">{note}</p> : null}
        </div>
        {action}
      </header>
      {children}
    </section>
  )
}

/** A frame around a table, scrolled sideways where it is wider than the screen. */
export function Sheet({ children }: { children: ReactNode }) {
  return (
    <div
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard too
      tabIndex={0}
      className="relative overflow-x-auto rounded-lg border border-line bg-surface [&_tr:last-child>td]:border-b-0"
    >
      {children}
    </div>
  )
}
