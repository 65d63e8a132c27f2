using System.Text;
using System.Text.Json;

namespace Experiments.Client.Fuzz;

/// <summary>Changes an input a little: as bytes, or, where it is JSON, by its values and members.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> corpus)
{
    private const int MaxLength = 64_000;

    private static readonly string[] s_words =
    [
        "version", "environment", "publishedAt", "experiments", "format", "hashes", "audiences", "flags", "id", "key", "salt", "audienceRules",
        "targetingRules", "variants", "allocations", "flag", "conditions", "attribute", "operator", "value", "payload", "variantId", "rangeStart",
        "rangeEnd", "fn", "seed", "input", "buckets", "scale", "missing", "attr", "as", "if", "dialect", "meta", "type", "enabled", "off", "default",
        "rules", "serve", "reason", "hash", "ranges", "start", "end", "variant", "through", "track", "sticky", "min", "keys", "miss", "all", "any",
        "not", "audience", "after", "before", "error", "ignoreCase", "wrap", "nulls", "afterExclusive", "beforeInclusive", "$key", "", "tags.0.x", "length",
        "eq", "neq", "in", "notIn", "contains", "gt", "lt", "gte", "lte", "startsWith", "endsWith", "matches", "semverEq", "semverGt", "semverGte",
        "semverLt", "semverLte", "cidr", "exists", "size", "some", "murmur3", "fnv1a", "fnv1a2", "md5", "sha1", "sha256", "sha256le", "crc32",
        "skip", "zero", "random", "string", "truthy", "int", "next", "stop", "boolean", "integer", "number", "json", "core", "flagd",
        "MALFORMED", "GENERAL", "PARSE_ERROR", "UNMAPPED", "CYCLE", "2026-11-24T00:00:00Z", "1.2.3", "10.0.0.0/8", "::/0", "(a|b)*c{2,3}", "f0", "f1", "a0", "h0",
    ];

    private static readonly string[] s_values =
    [
        "null", "true", "false", "0", "-1", "1", "2", "1.5", "10000", "5000.0", "1e3", "1e400", "-1e400", "1e-400", "1e99999999999", "9007199254740991",
        "9007199254740992", "9223372036854775807", "9223372036854775808", "4294967296", "1001", "\"\"", "\"\\ud800\"", "\"18446744073709551616\"",
        "\"18446744073709551617\"", "\"\\u0031\"", "[]", "{}", "[null]", "[{}]", "[[0,1]]", "[[]]", "{\"\\udfff\":1}", "nul", "", "[\"$key\"]", "[\"\"]",
        "[[\"\"]]", "{\"not\":true}", "{\"error\":\"GENERAL\"}", "{\"all\":[]}", "{\"any\":[true,false]}",
    ];

    /// <summary>A new input; the old one stays as it is.</summary>
    public byte[] Mutate(byte[] input)
    {
        byte[] mutated = input.Length > 0 && random.Next(4) > 0 && JsonPlaces.TryFind(input, out JsonPlaces places)
            ? MutateJson(input, places)
            : MutateBytes(input);
        return mutated.Length <= MaxLength ? mutated : mutated[..MaxLength];
    }

    private byte[] MutateBytes(byte[] input)
    {
        int at = random.Next(input.Length + 1);
        int length = Math.Min(random.Next(1, 9), input.Length - at);
        switch (random.Next(6))
        {
            case 0 when length > 0:
                byte[] flipped = [.. input];
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1 when length > 0:
                byte[] replaced = [.. input];
                random.NextBytes(replaced.AsSpan(at, length));
                return replaced;
            case 2:
                return Replace(input, at, length, []);
            case 3:
                return Replace(input, at, 0, "{}[]\",:\\0123456789eE+-.tfnu \n"u8.Slice(random.Next(28), 1));
            case 4:
                byte[] other = corpus[random.Next(corpus.Count)];
                int from = random.Next(other.Length + 1);
                return Replace(input, at, input.Length - at, other.AsSpan(from));
            default:
                return Replace(input, at, 0, input.AsSpan(at, Math.Min(random.Next(64), input.Length - at)));
        }
    }

    private byte[] MutateJson(byte[] input, JsonPlaces places)
    {
        JsonPlace place = places.Pick(random);
        ReadOnlySpan<byte> value = input.AsSpan(place.Start, place.Length);
        switch (random.Next(9))
        {
            case 0:
                return Replace(input, place.Start, place.Length, Bytes(s_values));
            case 1:
                return Replace(input, place.Start, place.Length, Quoted(s_words));
            case 2:
                JsonPlace other = places.Pick(random);
                return Replace(input, place.Start, place.Length, input.AsSpan(other.Start, other.Length));
            case 3:
                return Replace(input, place.Start, place.Length, Foreign());
            case 4 when place.NameLength > 0:
                return Replace(input, place.NameStart, place.NameLength, Quoted(s_words));
            case 5:
                return Remove(input, place);
            case 6:
                return Repeat(input, place);
            case 7:
                return Replace(input, place.Start, place.Length, Wrap(value));
            default:
                return Insert(input, place);
        }
    }

    private ReadOnlySpan<byte> Foreign()
    {
        byte[] other = corpus[random.Next(corpus.Count)];
        if (!JsonPlaces.TryFind(other, out JsonPlaces places))
        {
            return Bytes(s_values);
        }

        JsonPlace place = places.Pick(random);
        return other.AsSpan(place.Start, place.Length);
    }

    private static byte[] Remove(byte[] input, JsonPlace place)
    {
        int start = place.NameLength > 0 ? place.NameStart : place.Start;
        int end = place.Start + place.Length;

        // With the comma behind it, or else the one before.
        while (end < input.Length && input[end] is (byte)' ' or (byte)'\n' or (byte)'\t')
        {
            end++;
        }

        if (end < input.Length && input[end] == (byte)',')
        {
            end++;
        }
        else if (start > 0 && input[start - 1] == (byte)',')
        {
            start--;
        }

        return Replace(input, start, end - start, []);
    }

    private byte[] Repeat(byte[] input, JsonPlace place)
    {
        int start = place.NameLength > 0 ? place.NameStart : place.Start;
        ReadOnlySpan<byte> item = input.AsSpan(start, place.Start + place.Length - start);
        int count = random.Next(3) == 0 ? random.Next(2, 40) : 1;
        using var repeated = new MemoryStream();
        for (int i = 0; i < count; i++)
        {
            repeated.Write(item);
            repeated.WriteByte((byte)',');
        }

        return Replace(input, start, 0, repeated.ToArray());
    }

    private byte[] Insert(byte[] input, JsonPlace place)
    {
        int start = place.NameLength > 0 ? place.NameStart : place.Start;
        byte[] member = place.NameLength > 0 ? [.. Quoted(s_words), (byte)':', .. Foreign(), (byte)','] : [.. Foreign(), (byte)','];
        return Replace(input, start, 0, member);
    }

    private byte[] Wrap(ReadOnlySpan<byte> value)
    {
        (string before, string after) = random.Next(6) switch
        {
            0 => ("[", "]"),
            1 => ("{\"not\":", "}"),
            2 => ("{\"all\":[true,", "]}"),
            3 => ("{\"any\":[", ",false]}"),
            4 => ("{\"attribute\":\"items\",\"operator\":\"some\",\"if\":", "}"),
            _ => ("{\"if\":", "}"),
        };
        return [.. Encoding.UTF8.GetBytes(before), .. value, .. Encoding.UTF8.GetBytes(after)];
    }

    private byte[] Bytes(string[] texts) => Encoding.UTF8.GetBytes(texts[random.Next(texts.Length)]);

    private byte[] Quoted(string[] texts) => Encoding.UTF8.GetBytes($"\"{texts[random.Next(texts.Length)]}\"");

    private static byte[] Replace(byte[] input, int at, int length, ReadOnlySpan<byte> by) => [.. input.AsSpan(0, at), .. by, .. input.AsSpan(at + length)];
}
