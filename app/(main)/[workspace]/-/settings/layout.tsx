import type { ReactNode } from 'react'
import { plain } from '@/app/open'
import { SettingsFrame } from '@/ui/features/settings/settings-frame'

type Props = { params: Promise<{ workspace: string }>; children: ReactNode }

export default async function SettingsLayout({ params, children }: Props) {
  return <SettingsFrame workspace={plain((await params).workspace)}>{children}</SettingsFrame>
}
