package io.github.itemseal;

/** What exactly went wrong, for programs; the exception's message says it to people. */
public enum FailureReason {
  /** Signature, data key or ciphertext do not fit each other or the configured keys. */
  NOT_AUTHENTIC,
  /** A request for one key was answered with the item of another. */
  OTHER_KEY_ANSWERED,

  /** The stored item carries a material description but no signature. */
  SIGNATURE_MISSING,
  /** The signature attribute is not of type B. */
  SIGNATURE_NOT_BINARY,
  /** Decrypting needs an entry of the material description that is not there. */
  DESCRIPTION_INCOMPLETE,
  /** The material description is not binary, truncated, too large, or names a key twice. */
  DESCRIPTION_MALFORMED,
  /** The encryption context of the item is larger than the format can hold. */
  CONTEXT_TOO_LARGE,
  /** The item lacks an attribute that must be part of its encryption context. */
  CONTEXT_ATTRIBUTE_MISSING,
  /** The stored item's header is missing, not binary, or cannot be followed. */
  HEADER_MALFORMED,
  /** The stored item's footer is missing, not binary, or of a wrong length. */
  FOOTER_MALFORMED,
  /** The item has more encrypted data keys than its table allows. */
  TOO_MANY_DATA_KEYS,
  /** An encrypted data key of the item cannot be followed. */
  DATA_KEY_MALFORMED,
  /** The stored item names an algorithm that is unknown or not allowed for the configured key. */
  ALGORITHM_NOT_ALLOWED,
  /** An attribute that should be encrypted is not of type B. */
  ENCRYPTED_ATTRIBUTE_NOT_BINARY,
  /** The bytes inside a verified encrypted attribute are not an attribute value. */
  ENCRYPTED_VALUE_MALFORMED,
  /** An attribute value has no type, several types, or a type this library does not know. */
  VALUE_TYPE_INVALID,
  /** A number is not a decimal number, or has more digits or another size than DynamoDB stores. */
  NUMBER_INVALID,
  /** A set is empty, or has a member twice. */
  SET_INVALID,
  /** An attribute name or a key of a map is empty, or longer than DynamoDB allows. */
  NAME_INVALID,
  /** A text is not valid Unicode (it holds half of a surrogate pair). */
  TEXT_INVALID,
  /** Lists and maps are nested deeper than DynamoDB stores, or than the library follows. */
  NESTING_TOO_DEEP,
  /** The item lacks a key attribute of its table. */
  KEY_ATTRIBUTE_MISSING,
  /** A key attribute is not of type S, N or B. */
  KEY_ATTRIBUTE_TYPE_INVALID,

  /** The stored item is plaintext and the table reads encrypted items only. */
  PLAINTEXT_FORBIDDEN,
  /** The stored item is in a format that the table is not configured to read. */
  FORMAT_NOT_READ,
  /** The item to encrypt uses an attribute name of the stored formats. */
  ATTRIBUTE_NAME_RESERVED,
  /** The item has an attribute that is encrypted by default, but key of a secondary index. */
  INDEX_KEY_ENCRYPTED,
  /** The item has an attribute that is encrypted by default, but says when the item expires. */
  TIME_TO_LIVE_ENCRYPTED,
  /** The item has an attribute without an action, and the table's actions refuse such. */
  ATTRIBUTE_NOT_NAMED,

  /** The key source was not given the key that this operation needs. */
  KEY_NOT_CONFIGURED,
  /** The material description names other materials than the configured ones. */
  MATERIALS_MISMATCH,
  /** The key source failed; the cause says why. */
  KEY_SOURCE_FAILED,
  /** The MetaStore or branch key store has no such version of the material or branch key. */
  MATERIAL_VERSION_NOT_FOUND,
  /** The row of the MetaStore or branch key store says that it holds another kind of keys. */
  MATERIAL_TYPE_UNKNOWN,
  /** The row of the MetaStore or branch key store lacks a part, or has it in another type. */
  MATERIAL_INCOMPLETE,
  /**
   * Two MetaStore tables hold different keys under one material name and version; or a branch key
   * exists already, or was rotated by somebody else at the same moment.
   */
  MATERIAL_CONFLICT,

  /** The operation could reach the table in plaintext, or return what cannot be decrypted. */
  OPERATION_REFUSED,
  /** The request names a table without a table encryption. */
  TABLE_NOT_CONFIGURED,
  /** The request names no table, or holds Java nulls where DynamoDB needs something. */
  REQUEST_INCOMPLETE,
  /** An expression of the request touches an encrypted attribute. */
  EXPRESSION_ON_ENCRYPTED_ATTRIBUTE,
  /** An expression of the request cannot be read. */
  EXPRESSION_INVALID,
  /** The request would return parts of items, which cannot be verified. */
  PARTIAL_ITEMS_REQUESTED,
  /** The item has more attributes to write than an expression of DynamoDB holds. */
  TOO_MANY_ATTRIBUTES,
  /** The sealed item is larger than DynamoDB stores. */
  ITEM_TOO_LARGE,

  /** There is no item to update. */
  ITEM_ABSENT,
  /** Other writers changed the item in between at every attempt of an update. */
  UPDATE_CONTENDED,
  /** An update changed or left out a key attribute of its item. */
  KEY_ATTRIBUTE_CHANGED,

  /** A table of keys does not exist. */
  TABLE_NOT_FOUND,
  /** DescribeTable shows another primary key than the one that was given or seen before. */
  TABLE_KEY_CHANGED,
  /** The caller may not describe the table. */
  DESCRIBE_TABLE_DENIED,
  /** DescribeTable failed; the cause says why. */
  DESCRIBE_TABLE_FAILED,
  /** DynamoDB left keys of a batch get unprocessed, again and again. */
  KEYS_UNPROCESSED
}
