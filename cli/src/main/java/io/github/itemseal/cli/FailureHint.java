package io.github.itemseal.cli;

import io.github.itemseal.Dbe;
import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MaterialsUnavailableException;

/** What to do about a failure of the library, one line for people. */
final class FailureHint {
  private static final String INSPECT = "itemseal inspect shows what can be told without keys";

  private FailureHint() {}

  static String of(ItemsealException failure) {
    return switch (failure.reason()) {
      case PLAINTEXT_FORBIDDEN ->
          "while a table is being encrypted, add plaintext to 'reads' of the table";
      case FORMAT_NOT_READ -> "add the format to 'reads' of the table";
      case ATTRIBUTE_NAME_RESERVED -> "is the item encrypted already? then there is nothing to do";
      case KEY_ATTRIBUTE_MISSING, KEY_ATTRIBUTE_TYPE_INVALID ->
          "check partitionKey and sortKey of the table; an export line must hold whole items";
      case ITEM_TOO_LARGE -> "make the item smaller; inspect shows what encryption adds";
      default ->
          failure.subject().format().filter(Dbe.NAME::equals).isPresent()
              ? forDbe(failure)
              : forDdbec(failure.reason());
    };
  }

  private static String forDdbec(FailureReason reason) {
    return switch (reason) {
      case NOT_AUTHENTIC ->
          "check keys, logicalName and attributeActions of the table; if they are those of the"
              + " writer, do not trust the item";
      case KEY_NOT_CONFIGURED -> "add the missing key to 'ddbec.provider' of the table";
      case KEY_SOURCE_FAILED ->
          "check permissions, region, endpoint and credentials for 'ddbec.provider' of the table";
      case TABLE_NOT_FOUND ->
          "check metaStore.table, region and endpoint; itemseal keys create-table makes the table";
      case MATERIAL_VERSION_NOT_FOUND ->
          "itemseal keys list shows the versions; without its version an item cannot be read";
      case MATERIAL_CONFLICT -> "another material name keeps the two apart";
      case MATERIAL_TYPE_UNKNOWN, MATERIAL_INCOMPLETE ->
          "check metaStore.table and materialName; itemseal keys list shows the rows";
      case MATERIALS_MISMATCH, ALGORITHM_NOT_ALLOWED, DESCRIPTION_INCOMPLETE ->
          "check 'ddbec.provider' of the table; itemseal inspect shows what the item was written"
              + " with";
      case ENCRYPTED_ATTRIBUTE_NOT_BINARY ->
          "check attributeActions: readers need those the item was written with";
      case SIGNATURE_MISSING, SIGNATURE_NOT_BINARY, DESCRIPTION_MALFORMED ->
          "itemseal inspect shows what is left of the item's metadata";
      default -> INSPECT;
    };
  }

  /** Readers of DBE items need no actions: the item's legend has them. */
  private static String forDbe(ItemsealException failure) {
    return switch (failure.reason()) {
      case NOT_AUTHENTIC ->
          failure instanceof MaterialsUnavailableException // a row of a key store, not an item
              ? "check keyStore.logicalName; if it is right, somebody changed the row:"
                  + " itemseal keys list shows it"
              : "check keys, logicalName, partitionKey, sortKey, unsignedAttributes and"
                  + " unsignedPrefix of the table; if they are those of the writer, do not trust the"
                  + " item";
      case KEY_NOT_CONFIGURED ->
          "itemseal inspect shows which keys the item names; give 'dbe.keyring' of the table one of"
              + " them";
      case MATERIALS_MISMATCH ->
          "'dbe.keyring' must have the KMS key that was written with: itemseal inspect shows that of"
              + " an item, itemseal keys list that of a branch key";
      case TOO_MANY_DATA_KEYS ->
          "every data key may cost a call of KMS before anything is verified: ask who wrote the"
              + " item; the library reads it with Dbe.maxDataKeys";
      case KEY_SOURCE_FAILED ->
          "check permissions, region, endpoint and credentials for 'dbe.keyring' of the table";
      case TABLE_NOT_FOUND ->
          "check keyStore.table, region and endpoint; itemseal keys create-table makes the table";
      case MATERIAL_VERSION_NOT_FOUND ->
          "check branchKeyId; itemseal keys list shows the versions that the key store has";
      case MATERIAL_CONFLICT -> "itemseal keys list shows the versions that the key store has";
      case MATERIAL_TYPE_UNKNOWN, MATERIAL_INCOMPLETE ->
          "check keyStore.table and logicalName; itemseal keys list shows the rows";
      case CONTEXT_ATTRIBUTE_MISSING ->
          "an item needs all attributes that attributeActions includes in the encryption context";
      case HEADER_MALFORMED, FOOTER_MALFORMED, DATA_KEY_MALFORMED ->
          "itemseal inspect shows what is left of the item's header";
      default -> INSPECT;
    };
  }
}
