'use client'

import { Check, ChevronDown, Plus } from 'lucide-react'
import Link from 'next/link'
import { cn } from '@/ui/kit/cn'
import { Mark } from '@/ui/kit/mark'
import { Menu, MenuContent, MenuItem, MenuLabel, MenuSeparator, MenuTrigger } from '@/ui/kit/menu'

export type WorkspaceChoice = { slug: string; name: string }

export type WorkspaceSwitcherProps = {
  workspace: WorkspaceChoice
  workspaces: readonly WorkspaceChoice[]
  closed?: boolean
}

export function WorkspaceSwitcher({ workspace, workspaces, closed }: WorkspaceSwitcherProps) {
  return (
    <Menu>
      <MenuTrigger
        aria-label={`Workspace ${workspace.name}, switch`}
        className={cn(
          'motion mx-1 my-1 flex h-[calc(var(--bar)-8px)] shrink-0 items-center gap-2 rounded-md px-2 text-left hover:bg-hover data-[state=open]:bg-hover',
          closed && 'justify-center px-0',
        )}
      >
        <Mark />
        {closed ? null : (
          <>
            <b className="min-w-0 flex-1 truncate font-semibold">{workspace.name}</b>
            <ChevronDown aria-hidden className="size-3.5 shrink-0 text-ink-3" />
          </>
        )}
      </MenuTrigger>
      <MenuContent align="start" className="w-60">
        <MenuLabel>Workspaces</MenuLabel>
        {workspaces.map(each => (
          <MenuItem key={each.slug} asChild>
            <Link href={`/${each.slug}`}>
              <span className="min-w-0 flex-1 truncate">{each.name}</span>
              {each.slug === workspace.slug ? <Check aria-label="current" /> : null}
            </Link>
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem asChild>
          <Link href="/new">
            <Plus aria-hidden />
            New workspace
          </Link>
        </MenuItem>
      </MenuContent>
    </Menu>
  )
}
