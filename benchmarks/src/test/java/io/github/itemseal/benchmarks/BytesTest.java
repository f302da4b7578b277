package io.github.itemseal.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.itemseal.internal.format.ItemSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What items cost in storage, beside the original clients; {@code docs/performance/bytes.md}. */
class BytesTest {
  private static final Path PAGE = Path.of("../docs/performance/bytes.md");

  private static final List<Scheme> SCHEMES =
      List.of(
          Scheme.DDBEC_STATIC, Scheme.DDBEC_WRAPPED_AES, Scheme.DBE_AES_6700, Scheme.DBE_AES_6701);

  private static int ours(Scheme scheme, Shape shape) {
    return ItemSize.of(new OurContender(scheme.format(), shape).stored());
  }

  private static int original(Scheme scheme, Shape shape) throws Exception {
    String name = scheme.label() + "/" + Contenders.ORIGINAL;
    return ItemSize.of(((StoredItem) Contenders.named(name, shape)).stored());
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void stored_everyShape_isNotLargerThanTheOriginals(Shape shape) throws Exception {
    for (Scheme scheme : SCHEMES) {
      assertThat(ours(scheme, shape))
          .as(scheme.title())
          .isGreaterThan(ItemSize.of(shape.item()))
          .isLessThanOrEqualTo(original(scheme, shape));
    }
  }

  @Test
  void page_writtenAnew_isTheOneCommitted() throws Exception {
    String page = page();
    if (Boolean.getBoolean("pages.update")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page, UTF_8);
    }
    assertThat(Files.readString(PAGE, UTF_8)).isEqualTo(page);
  }

  private static String page() throws Exception {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Bytes

        What DynamoDB counts for an item (names and values), in plaintext and stored; in brackets the
        original client, where it differs. Written by `BytesTest`, which fails when this is not so:
        do not edit. `n x b` is n encrypted texts of b characters, besides a signed partition and sort
        key.

        | Item | plaintext |""");
    for (Scheme scheme : SCHEMES) {
      page.append(' ').append(scheme.title()).append(" |");
    }
    page.append("\n|---|--:|").append("--:|".repeat(SCHEMES.size())).append('\n');
    for (Shape shape : Shape.values()) {
      Map<String, AttributeValue> item = shape.item();
      page.append("| ").append(shape.title()).append(" | ").append(ItemSize.of(item)).append(" |");
      for (Scheme scheme : SCHEMES) {
        int ours = ours(scheme, shape);
        int original = original(scheme, shape);
        page.append(' ').append(ours);
        page.append(ours == original ? " |" : " (" + original + ") |");
      }
      page.append('\n');
    }
    return page.append(
            """

            An item that sealing makes larger than DynamoDB's 400 KB is refused before the call, by
            `ItemTooLargeException`, with its size before and after, where that is certain: how many bytes
            DynamoDB counts for a number, a list or a map besides what is in it is an estimate, which refuses
            nothing. An item that is over by such bytes alone is refused by DynamoDB.
            """)
        .toString();
  }
}
