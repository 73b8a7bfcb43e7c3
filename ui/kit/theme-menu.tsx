'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { IconButton } from './button'
import { Menu, MenuContent, MenuRadioGroup, MenuRadioItem, MenuTrigger } from './menu'
import type { ThemeChoice } from './theme'
import { chooseTheme, useTheme } from './use-theme'

/** Light, dark, or whatever the device says. */
export function ThemeMenu() {
  const { theme, choice } = useTheme()
  return (
    <Menu>
      <MenuTrigger asChild>
        <IconButton label="Theme">{theme === 'dark' ? <Moon aria-hidden /> : <Sun aria-hidden />}</IconButton>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuRadioGroup value={choice} onValueChange={next => chooseTheme(next as ThemeChoice)}>
          <MenuRadioItem value="system">
            <Monitor aria-hidden />
            System
          </MenuRadioItem>
          <MenuRadioItem value="light">
            <Sun aria-hidden />
            Light
          </MenuRadioItem>
          <MenuRadioItem value="dark">
            <Moon aria-hidden />
            Dark
          </MenuRadioItem>
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  )
}
