'use client'

import { House, LayoutGrid, PanelLeftClose, PanelLeftOpen, Settings } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { cn } from '@/ui/kit/cn'
import { rememberChoice } from '@/ui/kit/remember'
import { useHotkey } from '@/ui/kit/use-hotkey'
import { RailLink } from './rail-link'
import { Shortcuts } from './shortcuts'
import type { WorkspaceChoice } from './workspace-switcher'
import { WorkspaceSwitcher } from './workspace-switcher'

export type RailProps = {
  workspace: WorkspaceChoice
  workspaces: readonly WorkspaceChoice[]
  closed: boolean
  onToggle: () => void
}

/** The way through the workspace. A place appears here with its feature, not before. */
export function Rail({ workspace, workspaces, closed, onToggle }: RailProps) {
  const path = usePathname()
  const home = `/${workspace.slug}`
  const places = `${home}/-/`
  const Toggle = closed ? PanelLeftOpen : PanelLeftClose
  const toggle = () => {
    rememberChoice('rail', closed ? 'open' : 'closed')
    onToggle()
  }
  const toggler = useHotkey<HTMLButtonElement>('[', toggle)
  return (
    <nav
      aria-label="Main"
      className={cn(
        'flex shrink-0 flex-col border-line border-r bg-rail pb-2 max-md:hidden',
        closed ? 'w-(--rail-closed)' : 'w-(--rail)',
      )}
    >
      <WorkspaceSwitcher workspace={workspace} workspaces={workspaces} closed={closed} />
      <RailLink href={home} label="Home" icon={House} closed={closed} current={path === home} />
      <RailLink
        href={`${places}projects`}
        label="Projects"
        icon={LayoutGrid}
        closed={closed}
        current={path === `${places}projects` || (path.startsWith(`${home}/`) && !path.startsWith(places))}
      />
      <span className="flex-1" />
      <RailLink
        href={`${places}settings`}
        label="Settings"
        icon={Settings}
        closed={closed}
        current={path.startsWith(`${places}settings`)}
      />
      <Shortcuts closed={closed} />
      <button
        ref={toggler}
        type="button"
        onClick={toggle}
        aria-expanded={!closed}
        aria-label={closed ? 'Open the rail' : 'Collapse the rail'}
        title={closed ? 'Open the rail ([)' : undefined}
        className={cn(
          'motion mx-2 flex h-7 items-center gap-2 rounded-md px-2 text-ink-2 hover:bg-hover',
          closed && 'justify-center px-0',
        )}
      >
        <Toggle aria-hidden className="size-4 shrink-0" />
        {closed ? null : <span>Collapse</span>}
      </button>
    </nav>
  )
}
