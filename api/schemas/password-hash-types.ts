/** How an imported password can have been hashed: the enum of the vendor's specification. */
export const passwordHashTypes = [
  "bcrypt",
  "firebase-scrypt",
  "ssha",
  "ssha256",
  "scrypt",
  "pbkdf2",
  "argon2",
] as const;
