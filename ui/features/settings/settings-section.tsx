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
