'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { cn } from '@/ui/kit/cn'

const pages = [
  { path: 'profile', label: 'Profile', of: 'You' },
  { path: 'members', label: 'Members', of: 'Workspace' },
  { path: 'keys', label: 'Keys', of: 'Workspace' },
] as const

/** The pages of settings beside one another, one open. */
export function SettingsFrame({ workspace, children }: { workspace: string; children: ReactNode }) {
  const path = usePathname()
  return (
    <div className="flex min-h-0 flex-1 overflow-y-auto max-md:flex-col">
      <nav
        aria-label="Settings"
        className="flex w-44 shrink-0 flex-col gap-px py-6 pl-6 max-md:w-full max-md:flex-row max-md:gap-1 max-md:px-4 max-md:pt-4 max-md:pb-0"
      >
        {pages.map(({ path: at, label, of }, index) => {
          const href = `/${workspace}/-/settings/${at}`
          return (
            <span key={at} className="contents">
              {of !== pages[index - 1]?.of ? (
                <h2 className={cn('t-micro px-2 pb-1 text-ink-3 max-md:hidden', index > 0 && 'pt-4')}>{of}</h2>
              ) : null}
              <Link
                href={href}
                aria-current={path === href ? 'page' : undefined}
                className="motion flex h-7 items-center rounded-md px-2 text-ink-2 hover:bg-hover aria-[current=page]:bg-press aria-[current=page]:font-medium aria-[current=page]:text-ink"
              >
                {label}
              </Link>
            </span>
          )
        })}
      </nav>
      <div className="min-w-0 flex-1 px-8 pt-6 pb-12 max-md:px-4">
        <div className="flex max-w-[800px] flex-col gap-8">{children}</div>
      </div>
    </div>
  )
}
