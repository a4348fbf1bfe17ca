package dev.drover.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tree is the one of RFC 6962, however it was grown. */
final class MerkleTreeTest {
    /** The leaves that other implementations of Certificate Transparency test with. */
    private static final List<String> KNOWN_LEAVES =
            List.of(
                    "",
                    "00",
                    "10",
                    "2021",
                    "3031",
                    "40414243",
                    "5051525354555657",
                    "606162636465666768696a6b6c6d6e6f");

    @ParameterizedTest
    @CsvSource({
        "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    })
    void rootsAreTheKnownOnes(int leaves, String root) {
        MerkleTree tree = MerkleTree.EMPTY;
        for (String leaf : KNOWN_LEAVES.subList(0, leaves)) {
            tree = tree.plus(MerkleHash.ofLeaf(hex(leaf)));
        }

        assertThat(tree.root()).isEqualTo(hex(root));
    }

    @Test
    void growingLeafByLeafGivesTheRootOfTheDefinition() {
        List<ByteString> leaves =
                IntStream.range(0, 300)
                        .mapToObj(i -> ByteString.copyFromUtf8("leaf " + i))
                        .toList();
        MerkleTree tree = MerkleTree.EMPTY;
        for (int size = 0; size < leaves.size(); size++) {
            assertThat(tree.root()).isEqualTo(definition(leaves.subList(0, size)));
            tree = tree.plus(MerkleHash.ofLeaf(leaves.get(size)));
        }
    }

    @Test
    void aTreeComesBackFromItsBytes() {
        MerkleTree tree = MerkleTree.EMPTY;
        for (int i = 0; i < 21; i++) {
            tree = tree.plus(MerkleHash.ofLeaf(ByteString.copyFromUtf8("leaf " + i)));
            assertThat(MerkleTree.of(tree.size(), tree.peakBytes())).isEqualTo(tree);
        }
        assertThat(MerkleTree.of(0, ByteString.EMPTY)).isEqualTo(MerkleTree.EMPTY);
    }

    @Test
    void bytesOfAnotherSizeAreRefused() {
        ByteString peaks = MerkleTree.EMPTY.plus(MerkleHash.ofNothing()).peakBytes();

        assertThatThrownBy(() -> MerkleTree.of(3, peaks))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 leaves");
        assertThatThrownBy(() -> MerkleTree.of(1, peaks.substring(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** MTH of RFC 6962 section 2.1, word for word. */
    private static ByteString definition(List<ByteString> leaves) {
        if (leaves.isEmpty()) {
            return MerkleHash.ofNothing();
        }
        if (leaves.size() == 1) {
            return MerkleHash.ofLeaf(leaves.getFirst());
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        return MerkleHash.ofNode(
                definition(leaves.subList(0, split)),
                definition(leaves.subList(split, leaves.size())));
    }

    private static ByteString hex(String digits) {
        return ByteString.copyFrom(HexFormat.of().parseHex(digits));
    }
}
