using System.Numerics;

namespace Experiments.Client.Tests.Reference;

/// <summary>Hashes and bounds that suit their number of buckets.</summary>
internal sealed class RandomHashes
{
    private static readonly BigInteger s_allOf64Bits = BigInteger.One << 64;

    private readonly RandomJson _json;
    private readonly RandomAttributes _attributes;
    private readonly Dictionary<string, BigInteger> _buckets = new(StringComparer.Ordinal);
    private readonly int _likeSalts;

    public RandomHashes(RandomJson json, RandomAttributes attributes)
    {
        _json = json;
        _attributes = attributes;
        for (int i = json.Between(1, 4); i > 0; i--)
        {
            _buckets.Add($"h{i}", json.Chance(3) ? 0 : json.OneOf(
                10_000, 10_000, 100, 1, 2, 3, 7, 1L << 32, 1L << 53, (1L << 53) + 1, s_allOf64Bits, s_allOf64Bits - 1, BigInteger.One << 60));
        }

        // Many hashes like those of experiments' salts: readers take advantage of them.
        _likeSalts = json.Chance(40) ? json.Between(3, 10) : 0;
        for (int i = 0; i < _likeSalts; i++)
        {
            _buckets.Add($"s{i}", 10_000);
        }
    }

    /// <summary>The member <c>hashes</c>.</summary>
    public string All() => _json.Object(_buckets.Select(hash =>
        (hash.Key, (string?)(hash.Key[0] == 's' ? LikeSalt(hash.Key) : Hash(hash.Value)))));

    public string BucketTest()
    {
        string hash = Name();
        return _json.Object(
            ("hash", _json.String(hash)),
            ("ranges", _json.Array(RandomJson.Times(_json.Chance(90) ? _json.Between(1, 2) : _json.Below(6), () =>
                _json.Array(_json.Integer(Bound(hash)), _json.Integer(Bound(hash)))))));
    }

    /// <summary>A hash that is there, nearly always.</summary>
    public string Name() => _json.Chance(99) ? _json.OneOf([.. _buckets.Keys]) : "nope";

    /// <summary>One for a split: of those that are like salts, where there are any, more often.</summary>
    public string SplitName() => _likeSalts > 0 && _json.Chance(60) ? $"s{_json.Below(_likeSalts)}" : Name();

    /// <summary>Ranges side by side over all buckets.</summary>
    public IEnumerable<(BigInteger Start, BigInteger End)> Partition(string hash, int count)
    {
        BigInteger buckets = _buckets.GetValueOrDefault(hash, 10_000);
        return Enumerable.Range(0, count).Select(i => (buckets * i / count, buckets * (i + 1) / count));
    }

    /// <summary>From 0 to a little more than the number of buckets.</summary>
    public BigInteger Bound(string hash)
    {
        BigInteger buckets = _buckets.GetValueOrDefault(hash, 10_000);
        BigInteger bound = _json.Below(10) switch
        {
            0 or 1 or 2 => 0,
            3 or 4 or 5 => buckets,
            6 => buckets + 1,
            _ => (buckets * _json.Between(0, 12) / 12) + _json.OneOf(0, 0, 1),
        };
        return BigInteger.Min(bound, s_allOf64Bits);
    }

    private string Hash(BigInteger buckets) => _json.Object(
        ("fn", _json.String(_json.OneOf("murmur3", "murmur3", "fnv1a", "fnv1a2", "md5", "sha1", "sha256", "sha256le", "crc32"))),
        ("seed", _json.Chance(25) ? _json.OneOf("0", "1", "86028157", "4294967295") : null),
        ("input", _json.Array(RandomJson.Times(_json.Between(1, 4), Part))),
        ("buckets", _json.Integer(buckets)),
        ("scale", _json.Chance(50) ? _json.OneOf("true", "true", "false") : null),
        ("missing", _json.OneOf(null, "\"skip\"", "\"zero\"")));

    private string LikeSalt(string name) => _json.Object(
        ("fn", _json.String("murmur3")),
        ("input", _json.Array([_json.Object(("attr", _json.Array(["\"$key\""]))), _json.String(":salt-" + name)])),
        ("buckets", "10000"));

    private string Part()
    {
        if (_json.Chance(35))
        {
            return _json.String(_json.OneOf(":", "layer-1", "", ".salt", "ö\U0001f600", "\ud83d", "\ude00", "a longer literal, of more than sixteen bytes"));
        }

        return _json.Object(
            ("attr", _json.Array(RandomJson.Times(_json.OneOf(1, 1, 2, 3), Attribute))),
            ("as", _json.OneOf(null, "\"string\"", "\"truthy\"", "\"int\"", "\"any\"")));
    }

    private string Attribute() => _json.Chance(40) ? "\"$key\"" : _attributes.NameOrPath(_json.OneOf(ValueKind.Text, ValueKind.Number, ValueKind.Any));
}
