/** Schemes whose string to sign is a template: reading what a request carries, making the string, judging, signing. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.auth.signature.template;
