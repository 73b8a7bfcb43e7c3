import { ThemeMenu } from '@/ui/kit/theme-menu'
import { LiveBadge } from '@/ui/live/live-badge'
import { type Account, AccountMenu } from './account-menu'
import { Breadcrumb } from './breadcrumb'
import { useCrumbs } from './use-crumbs'
import { type WorkspaceChoice, WorkspaceSwitcher } from './workspace-switcher'

export type TopBarProps = { workspace: WorkspaceChoice; workspaces: readonly WorkspaceChoice[]; account: Account }

export function TopBar({ workspace, workspaces, account }: TopBarProps) {
  const { crumbs, running } = useCrumbs(workspace)
  return (
    <header className="flex h-(--bar) shrink-0 items-center gap-3 border-line border-b bg-surface px-4 max-md:gap-2 max-md:pl-1">
      <span className="flex md:hidden">
        <WorkspaceSwitcher workspace={workspace} workspaces={workspaces} closed />
      </span>
      <Breadcrumb crumbs={crumbs} />
      <span className="flex-1" />
      <LiveBadge {...(running ? { note: `${running} running` } : {})} />
      <ThemeMenu />
      <AccountMenu account={account} workspace={workspace.slug} />
    </header>
  )
}
