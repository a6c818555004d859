/**
 * What compilers before 5.0 see instead of the package's types, which they cannot read: so a program that is compiled by
 * the 3.8 that Pulumi brings gets as far as being told to install a newer one.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- nothing is known of it, and any use of it must compile
declare const anything: any;
export = anything;
