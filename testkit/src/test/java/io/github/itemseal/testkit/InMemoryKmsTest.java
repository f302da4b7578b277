package io.github.itemseal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

class InMemoryKmsTest {
  private static final Map<String, String> CONTEXT = Map.of("table", "T", "id", "1");

  private final InMemoryKms kms = InMemoryKms.create();
  private final KmsClient client = kms.client();
  private final String key = kms.createKey();

  private GenerateDataKeyResponse generate(String keyId) {
    return client.generateDataKey(
        request -> request.keyId(keyId).numberOfBytes(32).encryptionContext(CONTEXT));
  }

  private SdkBytes decrypt(SdkBytes blob, Map<String, String> context) {
    return client.decrypt(r -> r.ciphertextBlob(blob).encryptionContext(context)).plaintext();
  }

  @Test
  void decrypt_sameContextInAnyOrder_givesTheDataKey() {
    GenerateDataKeyResponse generated = generate(key);
    Map<String, String> reordered = new LinkedHashMap<>();
    reordered.put("id", "1");
    reordered.put("table", "T");
    assertThat(generated.keyId()).isEqualTo(key);
    assertThat(generated.plaintext().asByteArray()).hasSize(32);
    assertThat(decrypt(generated.ciphertextBlob(), reordered)).isEqualTo(generated.plaintext());
  }

  @Test
  void decrypt_changedContext_throws() {
    SdkBytes blob = generate(key).ciphertextBlob();
    for (Map<String, String> changed :
        List.of(
            Map.<String, String>of(),
            Map.of("table", "T"),
            Map.of("table", "T", "id", "2"),
            Map.of("table", "T", "ID", "1"),
            Map.of("table", "T", "id", "1", "more", ""),
            Map.of("table", "T2:id", "1", ""),
            Map.of("id", "T", "table", "1"))) {
      assertThatThrownBy(() -> decrypt(blob, changed))
          .as("%s", changed)
          .isInstanceOf(InvalidCiphertextException.class);
    }
  }

  @Test
  void decrypt_everyBitOfTheBlobFlipped_throws() {
    byte[] blob = generate(key).ciphertextBlob().asByteArray();
    for (int bit = 0; bit < blob.length * 8; bit++) {
      byte[] flipped = blob.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> decrypt(SdkBytes.fromByteArray(flipped), CONTEXT))
          .isInstanceOf(InvalidCiphertextException.class);
    }
  }

  @Test
  void decrypt_afterRotation_readsOldAndNew() {
    GenerateDataKeyResponse before = generate(key);
    kms.rotate(key);
    GenerateDataKeyResponse after = generate(key);
    assertThat(decrypt(before.ciphertextBlob(), CONTEXT)).isEqualTo(before.plaintext());
    assertThat(decrypt(after.ciphertextBlob(), CONTEXT)).isEqualTo(after.plaintext());
  }

  @Test
  void generateDataKey_byIdAliasAndArns_usesTheSameKey() {
    String aliasArn = kms.createAlias("alias/orders", key);
    String id = key.substring(key.lastIndexOf('/') + 1);
    for (String name : List.of(id, key, "alias/orders", aliasArn)) {
      assertThat(generate(name).keyId()).isEqualTo(key);
    }
    assertThatThrownBy(() -> generate("alias/none")).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> generate(key.replace("eu-test-1", "us-test-1")))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void decrypt_otherKeyNamed_throwsIncorrectKey() {
    SdkBytes blob = generate(key).ciphertextBlob();
    String other = kms.createKey();
    assertThatThrownBy(
            () ->
                client.decrypt(r -> r.keyId(other).ciphertextBlob(blob).encryptionContext(CONTEXT)))
        .isInstanceOf(IncorrectKeyException.class);
  }

  @Test
  void use_disabledDeniedOrThrottled_throwsWhatKmsThrows() {
    SdkBytes blob = generate(key).ciphertextBlob();
    kms.disable(key);
    assertThatThrownBy(() -> decrypt(blob, CONTEXT)).isInstanceOf(DisabledException.class);
    kms.enable(key);
    kms.deny("Decrypt");
    assertThatThrownBy(() -> decrypt(blob, CONTEXT))
        .isInstanceOfSatisfying(
            KmsException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"));
    kms.allow("Decrypt");
    kms.throttleNext(1);
    assertThatThrownBy(() -> decrypt(blob, CONTEXT))
        .isInstanceOfSatisfying(
            KmsException.class, e -> assertThat(e.isThrottlingException()).isTrue());
    assertThat(decrypt(blob, CONTEXT).asByteArray()).hasSize(32);
  }

  @Test
  void asyncClient_delayed_answersLaterAndFailsInTheFuture() {
    kms.delayAnswers(Duration.ofMillis(50));
    var pending =
        kms.asyncClient().generateDataKey(request -> request.keyId(key).numberOfBytes(16));
    assertThat(pending).isNotDone();
    assertThat(pending.join().plaintext().asByteArray()).hasSize(16);
    kms.deny("GenerateDataKey");
    assertThatThrownBy(() -> kms.asyncClient().generateDataKey(r -> r.keyId(key)).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(KmsException.class);
  }

  @Test
  void calls_everyRequest_isLogged() {
    generate(key);
    assertThatThrownBy(() -> generate("none")).isInstanceOf(NotFoundException.class);
    assertThat(kms.calls())
        .containsExactly(
            new InMemoryKms.Call("GenerateDataKey", key, CONTEXT, List.of()),
            new InMemoryKms.Call("GenerateDataKey", "none", CONTEXT, List.of()));
  }
}
