'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { TabLink, TabNav } from '@/ui/kit/tabs'
import type { RunPlace } from './run-header'

const tabs = [
  { path: '', label: 'Charts' },
  { path: '/system', label: 'System' },
  { path: '/overview', label: 'Overview' },
] as const

export function RunTabs({ place }: { place: RunPlace }) {
  const path = usePathname()
  const home = `/${place.workspace}/${place.project}/runs/${encodeURIComponent(place.run)}`
  const rest = path.slice(path.lastIndexOf('/'))
  const at = tabs.find(tab => tab.path && tab.path === rest)?.path ?? ''
  return (
    <TabNav aria-label="Run" className="-mx-2">
      {tabs.map(tab => (
        <TabLink key={tab.path} current={tab.path === at}>
          <Link href={`${home}${tab.path}`}>{tab.label}</Link>
        </TabLink>
      ))}
    </TabNav>
  )
}
