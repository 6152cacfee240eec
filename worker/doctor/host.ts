/** Cloudflare's runtime, or the operator's own process: the fixes differ. */
export const isOnCloudflare =
  typeof navigator === 'object' && navigator.userAgent === 'Cloudflare-Workers';
