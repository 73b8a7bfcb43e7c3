'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import { ThemeMenu } from '@/ui/kit/theme-menu'
import { LiveBadge } from '@/ui/live/live-badge'
import { useTRPC } from '@/ui/trpc/client'
import { AccountMenu } from './account-menu'
import { Breadcrumb } from './breadcrumb'
import { useCrumbs } from './use-crumbs'
import { WorkspaceSwitcher } from './workspace-switcher'

export function TopBar({ workspace: slug }: { workspace: string }) {
  const trpc = useTRPC()
  const { data: me } = useSuspenseQuery(trpc.account.me.queryOptions())
  const { data: workspace } = useSuspenseQuery(trpc.workspaces.get.queryOptions({ workspace: slug }))
  const { crumbs, running } = useCrumbs(workspace)
  return (
    <header className="flex h-(--bar) shrink-0 items-center gap-3 border-line border-b bg-surface px-4 max-md:gap-2 max-md:pl-1">
      <span className="flex md:hidden">
        <WorkspaceSwitcher workspace={workspace} workspaces={me.workspaces} closed />
      </span>
      <Breadcrumb crumbs={crumbs} />
      <span className="flex-1" />
      <LiveBadge {...(running ? { note: `${running} running` } : {})} />
      <ThemeMenu />
      <AccountMenu account={me.user} workspace={workspace.slug} />
    </header>
  )
}
