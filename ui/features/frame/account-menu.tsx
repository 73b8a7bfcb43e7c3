'use client'

import { LogOut, UserRound } from 'lucide-react'
import Link from 'next/link'
import { signOut } from 'next-auth/react'
import { Avatar } from '@/ui/kit/avatar'
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '@/ui/kit/menu'

export type Account = { name: string; email: string }

export function AccountMenu({ account, workspace }: { account: Account; workspace: string }) {
  return (
    <Menu>
      <MenuTrigger aria-label={`Account of ${account.name}`} className="rounded-full">
        <Avatar name={account.name} />
      </MenuTrigger>
      <MenuContent align="end" className="w-56">
        <div className="px-2 pt-1 pb-1.5">
          <p className="truncate font-medium">{account.name}</p>
          <p className="truncate text-ink-3">{account.email}</p>
        </div>
        <MenuSeparator />
        <MenuItem asChild>
          <Link href={`/${workspace}/-/settings/profile`}>
            <UserRound aria-hidden />
            Profile and sessions
          </Link>
        </MenuItem>
        <MenuItem onSelect={() => signOut({ callbackUrl: '/login' })}>
          <LogOut aria-hidden />
          Sign out
        </MenuItem>
      </MenuContent>
    </Menu>
  )
}
