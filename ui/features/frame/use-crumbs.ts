'use client'

import { useQuery } from '@tanstack/react-query'
import { useParams, usePathname } from 'next/navigation'
import { useTRPC } from '@/ui/trpc/client'
import type { Crumb } from './breadcrumb'

const places: Record<string, string> = {
  projects: 'Projects',
  settings: 'Settings',
  profile: 'Profile',
  members: 'Members',
  keys: 'Keys',
}

/** The way to this page, from the address and the names that were read for it; and how many runs train in its project. */
export function useCrumbs(workspace: { slug: string; name: string }): { crumbs: Crumb[]; running: number | undefined } {
  const trpc = useTRPC()
  const path = usePathname()
  const params = useParams<{ project?: string; run?: string }>()
  const project = plain(params.project)
  const run = plain(params.run)
  const home = `/${workspace.slug}`
  const place = { workspace: workspace.slug, project: project ?? '' }
  const { data: named } = useQuery({ ...trpc.projects.get.queryOptions(place), enabled: project !== undefined })
  const { data: opened } = useQuery({
    ...trpc.runs.get.queryOptions({ ...place, run: run ?? '' }),
    enabled: run !== undefined,
  })
  const crumbs: Crumb[] = [{ label: workspace.name, href: home }]
  if (project !== undefined) crumbs.push({ label: named?.name ?? project, href: `${home}/${params.project}` })
  if (run !== undefined) crumbs.push({ label: opened?.name ?? run, href: path })
  for (const part of path.startsWith(`${home}/-/`) ? path.slice(home.length + 3).split('/') : [])
    crumbs.push({ label: places[part] ?? part, href: `${path.slice(0, path.indexOf(part))}${part}` })
  if (crumbs.length === 1 && path === home) crumbs.push({ label: 'Home', href: path })
  return { crumbs, running: named?.running }
}

const plain = (part: string | undefined) => (part === undefined ? undefined : decodeURIComponent(part))
