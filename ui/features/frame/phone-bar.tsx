'use client'

import { House, LayoutGrid, type LucideIcon, Settings } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'

/** The rail of a narrow screen. */
export function PhoneBar({ workspace }: { workspace: string }) {
  const path = usePathname()
  const home = `/${workspace}`
  const places = `${home}/-/`
  const inProject = path.startsWith(`${home}/`) && !path.startsWith(places)
  return (
    <nav aria-label="Main" className="grid h-14 shrink-0 grid-cols-3 border-line border-t bg-surface md:hidden">
      <Place href={home} label="Home" icon={House} current={path === home} />
      <Place
        href={`${places}projects`}
        label="Projects"
        icon={LayoutGrid}
        current={inProject || path === `${places}projects`}
      />
      <Place
        href={`${places}settings`}
        label="Settings"
        icon={Settings}
        current={path.startsWith(`${places}settings`)}
      />
    </nav>
  )
}

type PlaceProps = { href: string; label: string; icon: LucideIcon; current: boolean }

function Place({ href, label, icon: Icon, current }: PlaceProps) {
  return (
    <Link
      href={href}
      aria-current={current ? 'page' : undefined}
      className="t-micro flex flex-col items-center justify-center gap-[3px] text-ink-3 aria-[current=page]:font-medium aria-[current=page]:text-ink"
    >
      <Icon aria-hidden className="size-[18px]" />
      {label}
    </Link>
  )
}
