package io.github.itemseal.keyring;

import io.github.itemseal.FailureReason;
import io.github.itemseal.ItemsealException;
import io.github.itemseal.MaterialsUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Why none of an item's encrypted data keys has been opened so far. For one item; not thread-safe.
 */
final class FailedAttempts {
  private @Nullable RuntimeException weightiest;

  /** One more failure. A missing key weighs most: with it the item might have opened. */
  void add(RuntimeException failure) {
    if (weightiest == null) {
      weightiest = failure;
    } else if (isSourceFailure(failure) && !isSourceFailure(weightiest)) {
      failure.addSuppressed(weightiest);
      weightiest = failure;
    } else if (failure != weightiest) {
      weightiest.addSuppressed(failure);
    }
  }

  private static boolean isSourceFailure(RuntimeException failure) {
    return failure instanceof MaterialsUnavailableException unavailable
        ? unavailable.reason() != FailureReason.KEY_NOT_CONFIGURED
        : !(failure instanceof ItemsealException);
  }

  /**
   * What to throw: the weightiest failure with the others suppressed in it, or, where nothing was
   * even tried, that no configured key fits.
   */
  RuntimeException toException(DecryptionMaterials materials) {
    if (weightiest != null) {
      return weightiest;
    }
    return new MaterialsUnavailableException(
        FailureReason.KEY_NOT_CONFIGURED,
        materials.subject(),
        ("No configured key opens the %s: its encrypted data keys name other keys. ItemInspection"
                + " shows which.")
            .formatted(materials.subject().describe()),
        null);
  }
}
