import type { ReactNode } from 'react'
import { Mark } from '@/ui/kit/mark'
import { ThemeMenu } from '@/ui/kit/theme-menu'

export type EntranceFrameProps = { title: string; children: ReactNode; lead?: ReactNode; foot?: ReactNode }

/** The pages in front of the door: one column, one thing to do. */
export function EntranceFrame({ title, lead, children, foot }: EntranceFrameProps) {
  return (
    <div className="flex min-h-dvh flex-col bg-canvas">
      <header className="flex h-(--bar) shrink-0 items-center gap-2 px-4">
        <Mark />
        <span className="font-semibold">Trackside</span>
        <span className="flex-1" />
        <ThemeMenu />
      </header>
      <main className="mx-auto flex w-full max-w-[392px] flex-1 flex-col justify-center px-4 pt-4 pb-[16vh]">
        <h1 className="t-page">{title}</h1>
        {lead ? <p className="mt-1 text-ink-2">{lead}</p> : null}
        <div className="mt-5 rounded-lg border border-line bg-surface p-4">{children}</div>
        {foot ? <div className="t-small mt-4 text-ink-2">{foot}</div> : null}
      </main>
    </div>
  )
}
