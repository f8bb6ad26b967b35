import { isApiError } from './api-error.ts';

/** The answer, or false where there is nothing to ask about: a secret that is gone has no policy. */
export async function orFalse(question: Promise<boolean>): Promise<boolean> {
  try {
    return await question;
  } catch (error) {
    if (isApiError(error, 'NOT_FOUND')) return false;
    throw error;
  }
}
