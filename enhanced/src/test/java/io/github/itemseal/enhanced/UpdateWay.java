package io.github.itemseal.enhanced;

import io.github.itemseal.Dbe;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemFormat;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.TestKeys;
import java.util.List;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClientExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Every way a typed update can go: by either client, onto items of either format. */
enum UpdateWay {
  BLOCKING_DDBEC(false, ddbec()),
  BLOCKING_DBE(false, dbe()),
  ASYNC_DDBEC(true, ddbec()),
  ASYNC_DBE(true, dbe());

  private final boolean async;

  @SuppressWarnings("ImmutableEnumChecker") // formats are, without an annotation that says so
  private final ItemFormat format;

  UpdateWay(boolean async, ItemFormat format) {
    this.async = async;
    this.format = format;
  }

  private static ItemFormat ddbec() {
    return Ddbec.using(
        WrappedMaterialsProvider.builder()
            .wrappingKey(TestKeys.aes(256))
            .signingKeys(SigningKeys.mac(TestKeys.hmac()))
            .build());
  }

  private static ItemFormat dbe() {
    return Dbe.using(RawAesKeyring.of("tests", "aes", TestKeys.aes(256)));
  }

  ItemFormat format() {
    return format;
  }

  TypedTables tables(
      DynamoDbClient plain,
      DynamoDbAsyncClient plainAsync,
      List<DynamoDbEnhancedClientExtension> extensions,
      TableEncryption table) {
    return async
        ? AsyncTables.encrypted(plainAsync, extensions, table)
        : BlockingTables.encrypted(plain, extensions, table);
  }
}
