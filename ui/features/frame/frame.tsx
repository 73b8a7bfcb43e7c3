'use client'

import { type ReactNode, useState } from 'react'
import type { Account } from './account-menu'
import { PhoneBar } from './phone-bar'
import { Rail } from './rail'
import { StaleBanner } from './stale-banner'
import { TopBar } from './top-bar'
import type { WorkspaceChoice } from './workspace-switcher'

export type FrameProps = {
  workspace: WorkspaceChoice
  workspaces: readonly WorkspaceChoice[]
  account: Account
  railClosed: boolean
  children: ReactNode
}

/** Rail, top bar and page; on a narrow screen the rail becomes a bar at the bottom. */
export function Frame({ workspace, workspaces, account, railClosed, children }: FrameProps) {
  const [closed, setClosed] = useState(railClosed)
  return (
    <div className="flex h-dvh overflow-hidden">
      <a
        href="#content"
        className="t-small sr-only z-50 rounded-md bg-raised px-3 py-2 shadow-pop focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        Skip to the page
      </a>
      <Rail workspace={workspace} workspaces={workspaces} closed={closed} onToggle={() => setClosed(!closed)} />
      <div className="flex min-w-0 flex-1 flex-col">
        <TopBar workspace={workspace} workspaces={workspaces} account={account} />
        <StaleBanner />
        <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
          {children}
        </main>
        <PhoneBar workspace={workspace.slug} />
      </div>
    </div>
  )
}
