'use client'

import { type ReactNode, useState } from 'react'
import { PhoneBar } from './phone-bar'
import { Rail } from './rail'
import type { WorkspaceChoice } from './workspace-switcher'

export type FrameProps = {
  workspace: WorkspaceChoice
  workspaces: readonly WorkspaceChoice[]
  railClosed: boolean
  children: ReactNode
}

/** The rail beside the page; on a narrow screen a bar below it. */
export function Frame({ workspace, workspaces, railClosed, children }: FrameProps) {
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
        {children}
        <PhoneBar workspace={workspace.slug} />
      </div>
    </div>
  )
}
