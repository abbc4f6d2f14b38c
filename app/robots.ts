import type { MetadataRoute } from 'next'

/**
 * Keeps crawlers away from what is not theirs. Case and link pages are left open to them: they carry "noindex" themselves (H6), and
 * only a crawler that may read a page can obey that.
 */
export default function robots(): MetadataRoute.Robots {
  return { rules: { userAgent: '*', allow: '/', disallow: ['/api/', '/search'] } }
}
