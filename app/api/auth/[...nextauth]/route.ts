import { handleAuth } from '@/server/doors/auth/handle-auth'

export { handleAuth as GET, handleAuth as POST }
