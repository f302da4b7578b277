package io.github.itemseal.client.comparison;

import static io.github.itemseal.keyring.AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384_SYMSIG_HMAC_SHA384;
import static io.github.itemseal.keyring.AlgorithmSuite.ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.AttributeActions;
import io.github.itemseal.Dbe;
import io.github.itemseal.Ddbec;
import io.github.itemseal.ItemFormat;
import io.github.itemseal.ItemUpdateException;
import io.github.itemseal.TableEncryption;
import io.github.itemseal.TableInfo;
import io.github.itemseal.UnsupportedRequestException;
import io.github.itemseal.client.EncryptedDynamoDbAsyncClient;
import io.github.itemseal.client.EncryptedDynamoDbClient;
import io.github.itemseal.keyring.RawAesKeyring;
import io.github.itemseal.materials.SigningKeys;
import io.github.itemseal.materials.WrappedMaterialsProvider;
import io.github.itemseal.testing.RecordingProxy;
import io.github.itemseal.testing.TestKeys;
import io.github.itemseal.testkit.LocalDynamoDbExtension;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Random sequences of calls on two databases: by the plain client in plaintext, and by an encrypted
 * client through a proxy that looks for plaintext. The answers must be the same, failures included,
 * except where docs/operations.md says otherwise ({@link Step.Expected}).
 */
class ClientComparisonTest {
  /** Of each client in each format; all together make a run. */
  private static final int CALLS = Integer.getInteger("itemseal.comparison.calls", 1_250);

  /** What the encrypted table is written in, by each half of a sequence. */
  private enum Format {
    /** First with open actions, then with closed ones, which read the same items. */
    DDBEC {
      @Override
      TableEncryption orders(boolean secondHalf) {
        return Format.orders(
            secondHalf ? Orders.closedActions() : Orders.openActions(),
            Ddbec.using(
                WrappedMaterialsProvider.builder()
                    .wrappingKey(TestKeys.aes(256))
                    .signingKeys(SigningKeys.mac(TestKeys.hmac()))
                    .build()));
      }
    },

    /** First with a signature in each item, then without, which reads the same items. */
    DBE {
      @Override
      TableEncryption orders(boolean secondHalf) {
        return Format.orders(
            Orders.openActions(),
            Dbe.using(RawAesKeyring.of("tests", "aes", TestKeys.aes(256)))
                .unsignedAttributes(Orders.UNPROTECTED.toArray(String[]::new))
                .algorithmSuite(
                    secondHalf
                        ? ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_SYMSIG_HMAC_SHA384
                        : ALG_AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384_SYMSIG_HMAC_SHA384));
      }
    };

    abstract TableEncryption orders(boolean secondHalf);

    private static TableEncryption orders(AttributeActions actions, ItemFormat format) {
      return TableEncryption.of(TableInfo.named(Orders.NAME))
          .actions(actions)
          .writes(format)
          .build();
    }
  }

  private final AtomicLong requestsSent = new AtomicLong();
  private final AtomicLong plaintextSent = new AtomicLong();
  @RegisterExtension final LocalDynamoDbExtension plainDatabase = new LocalDynamoDbExtension();

  @RegisterExtension final LocalDynamoDbExtension sealedDatabase = new LocalDynamoDbExtension();

  private RecordingProxy proxy;
  private DynamoDbClient plain;

  @BeforeEach
  void createTables() throws IOException {
    proxy =
        RecordingProxy.start(
            sealedDatabase.endpoint(),
            sent -> {
              requestsSent.incrementAndGet();
              if (Secrets.shownIn(sent)) {
                plaintextSent.incrementAndGet();
              }
            });
    plain = plainDatabase.client();
    Orders.create(plain);
    Orders.create(sealedDatabase.client());
  }

  @AfterEach
  void closeProxy() {
    proxy.close();
  }

  @ParameterizedTest
  @EnumSource
  void syncClient_answersLikeThePlainOne(Format format) {
    try (DynamoDbClient wrapped = sealedDatabase.database().clientAt(proxy.endpoint())) {
      compare(format, orders -> Caller.of(encrypted(wrapped, orders)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void asyncClient_answersLikeThePlainOne(Format format) {
    try (DynamoDbAsyncClient wrapped = sealedDatabase.database().asyncClientAt(proxy.endpoint())) {
      compare(format, orders -> Caller.of(encrypted(wrapped, orders)));
    }
  }

  private void compare(Format format, Function<TableEncryption, Caller> encryptedWith) {
    long seed = System.nanoTime();
    System.out.println(
        "ClientComparisonTest: %s, seed %s, calls %s".formatted(format, seed, CALLS));
    Caller unencrypted = Caller.of(plain);
    Caller encrypted = encryptedWith.apply(format.orders(false));
    RandomSteps steps = new RandomSteps(seed, this::exists);
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < CALLS; i++) {
      if (i == CALLS / 2) {
        encrypted = encryptedWith.apply(format.orders(true));
      }
      Step step = steps.next();
      String described = "call %s of seed %s, %s".formatted(i, seed, step);
      Answer answer = encrypted.call(step.request());
      switch (step.expected()) {
        case SAME -> requireSame(answer, unencrypted.call(step.request()), step, described);
        case WHOLE_ITEMS -> {
          Answer partial = unencrypted.call(step.request());
          requireSame(answer.narrowedTo(partial), partial, step, described);
        }
        case BOTH_FAIL -> {
          assertThat(answer.failed()).as(described).isTrue();
          assertThat(unencrypted.call(step.request()).failed()).as(described).isTrue();
        }
        case REFUSED ->
            assertThat(answer.failure())
                .as(described)
                .isInstanceOf(UnsupportedRequestException.class);
        case GUARDED ->
            assertThat(answer.failure())
                .as(described)
                .isInstanceOfAny(ItemUpdateException.class, ConditionalCheckFailedException.class);
      }
      String outcome = answer.failed() ? answer.failure().getClass().getSimpleName() : "answered";
      counts.merge(
          "%s %s %s"
              .formatted(
                  step.request().getClass().getSimpleName().replaceFirst("Request$", ""),
                  step.expected(),
                  outcome),
          1,
          Integer::sum);
    }
    System.out.println("ClientComparisonTest: " + counts);
    assertThat(plaintextSent.get()).as("requests that show plaintext, seed %s", seed).isZero();
    assertThat(requestsSent.get()).isGreaterThan(CALLS / 2);
  }

  private static void requireSame(
      Answer encrypted, Answer unencrypted, Step step, String described) {
    assertThat(comparable(encrypted, step))
        .as("%s%nfailure: %s", described, encrypted.failure())
        .isEqualTo(comparable(unencrypted, step));
  }

  /** The items of a batch have no order. */
  private static Map<String, Object> comparable(Answer answer, Step step) {
    if (!(step.request() instanceof BatchGetItemRequest) || answer.failed()) {
      return answer.content();
    }
    Map<String, Object> content = new TreeMap<>(answer.content());
    content.computeIfPresent(
        "Responses",
        (name, responses) -> {
          Map<String, Object> byTable = new TreeMap<>();
          ((Map<?, ?>) responses)
              .forEach(
                  (table, items) ->
                      byTable.put(
                          (String) table,
                          ((List<?>) items).stream().map(Object::toString).sorted().toList()));
          return byTable;
        });
    return content;
  }

  private boolean exists(Map<String, AttributeValue> key) {
    return plain.getItem(get -> get.tableName(Orders.NAME).key(key)).hasItem();
  }

  private static EncryptedDynamoDbClient encrypted(DynamoDbClient wrapped, TableEncryption orders) {
    return EncryptedDynamoDbClient.builder()
        .client(wrapped)
        .table(orders)
        .widensProjections(true)
        .completesIndexReads(true)
        .build();
  }

  private static EncryptedDynamoDbAsyncClient encrypted(
      DynamoDbAsyncClient wrapped, TableEncryption orders) {
    return EncryptedDynamoDbAsyncClient.builder()
        .client(wrapped)
        .table(orders)
        .widensProjections(true)
        .completesIndexReads(true)
        .build();
  }

  /** The control: what the other tests look for is there when nobody encrypts. */
  @Test
  void plainClient_throughTheProxy_showsPlaintext() {
    try (DynamoDbClient unencrypted = sealedDatabase.database().clientAt(proxy.endpoint())) {
      Secrets secrets = new Secrets(new Random(1));
      for (int i = 0; i < 50; i++) {
        Map<String, AttributeValue> item = new TreeMap<>();
        item.put("customer", AttributeValue.fromS("c"));
        item.put("number", AttributeValue.fromN("1"));
        item.put("ssn", AttributeValue.fromS(secrets.text()));
        unencrypted.putItem(put -> put.tableName(Orders.NAME).item(item));
      }
    }
    assertThat(plaintextSent.get()).isEqualTo(50);
  }
}
