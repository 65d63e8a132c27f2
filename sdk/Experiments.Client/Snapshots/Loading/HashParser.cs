using System.Text;
using System.Text.Json;
using Experiments.Client.Bucketing;
using Experiments.Client.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Reads <c>hashes</c>.</summary>
internal sealed class HashParser(SnapshotParts parts)
{
    /// <summary>The reader stands on the object.</summary>
    public void Parse(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8Json)
    {
        JsonTokens.Expect(in reader, JsonTokenType.StartObject);
        while (JsonTokens.NextMember(ref reader))
        {
            string name = JsonText.Read(ref reader);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            ParseHash(name, ref reader);
            ulong fingerprint = Fingerprint.Of(utf8Json[start..(int)reader.BytesConsumed]);
            parts.Definitions.Add(Definition.OfHash(name), fingerprint, parts.Code.Count);
        }
    }

    private void ParseHash(string name, ref Utf8JsonReader reader)
    {
        JsonTokens.Expect(in reader, JsonTokenType.StartObject);
        HashFunction? function = null;
        uint seed = 0;
        List<HashPart>? input = null;
        UInt128? bucketCount = null;
        bool isScaled = false;
        MissingUnit missing = MissingUnit.Skip;
        while (JsonTokens.NextMember(ref reader))
        {
            if (JsonTokens.Is(in reader, "fn"u8))
            {
                function = ReadFunction(ref reader);
            }
            else if (JsonTokens.Is(in reader, "seed"u8))
            {
                seed = ReadSeed(ref reader);
            }
            else if (JsonTokens.Is(in reader, "input"u8))
            {
                input = ReadInput(ref reader);
            }
            else if (JsonTokens.Is(in reader, "buckets"u8))
            {
                reader.Read();
                bucketCount = JsonTokens.ReadBound(ref reader);
            }
            else if (JsonTokens.Is(in reader, "scale"u8))
            {
                isScaled = JsonTokens.ReadBoolean(ref reader);
            }
            else if (JsonTokens.Is(in reader, "missing"u8))
            {
                missing = ReadMissing(ref reader);
            }
            else
            {
                JsonTokens.Refuse("a hash has a member that this reader does not know");
            }
        }

        if (function is null || input is null || bucketCount is null)
        {
            JsonTokens.Refuse("a hash needs fn, input and buckets");
        }

        Add(name, function!.Value, seed, input!, bucketCount!.Value, isScaled, missing);
    }

    private void Add(
        string name, HashFunction function, uint seed, List<HashPart> input, UInt128 bucketCount, bool isScaled, MissingUnit missing)
    {
        bool isVoid = bucketCount == 0;
        var hash = new CompiledHash
        {
            Form = isVoid ? HashForm.Void : HashForm.Parts,
            Seed = function == HashFunction.Murmur3 ? seed : 0,
            Space = isVoid ? BucketSpace.Experiment : new BucketSpace(HashFunctions.Bits(function), bucketCount, isScaled),
            Named = new NamedHash(name, function, missing, [.. input]),
        };
        if (hash.Form == HashForm.Parts && function == HashFunction.Murmur3 && IsUserKeyAndLiteral(input))
        {
            // A literal that starts with the second half of a pair would join with a user key that ends with the first.
            string literal = string.Concat(input.Skip(1).Select(static part => part.Literal));
            if (literal.Length == 0 || !char.IsLowSurrogate(literal[0]))
            {
                hash.Form = HashForm.UserKeyAndLiteral;
                parts.Hashes.SetLiteral(ref hash, Encoding.UTF8.GetBytes(literal), default);
            }
        }

        parts.Hashes.AddNamed(hash, bucketCount);
    }

    /// <summary>An empty user key is falsy; everywhere else it counts.</summary>
    private static bool IsUserKeyAndLiteral(List<HashPart> input) => input[0] is { Literal: null, Type: not UnitType.Truthy } unit
        && unit.Slots[0] == HashPart.UserKey && input.Skip(1).All(static part => part.Literal is not null);

    private static HashFunction ReadFunction(ref Utf8JsonReader reader)
    {
        if (!HashFunctions.TryParse(JsonTokens.ReadText(ref reader), out HashFunction function))
        {
            JsonTokens.Refuse("a hash has a function that this reader does not know");
        }

        return function;
    }

    private static uint ReadSeed(ref Utf8JsonReader reader)
    {
        reader.Read();
        JsonTokens.Expect(in reader, JsonTokenType.Number);
        if (!WholeNumberConverter.TryRead(ref reader, out long seed) || seed is < 0 or > uint.MaxValue)
        {
            JsonTokens.Refuse("a seed is an integer from 0 to 4294967295");
        }

        return (uint)seed;
    }

    private static MissingUnit ReadMissing(ref Utf8JsonReader reader)
    {
        string text = JsonTokens.ReadText(ref reader);
        MissingUnit? missing = text switch
        {
            "skip" => MissingUnit.Skip,
            "zero" => MissingUnit.Zero,
            "random" => MissingUnit.Random,
            _ => null,
        };
        if (missing is null)
        {
            JsonTokens.Refuse("missing is one of skip, zero, random");
        }

        return missing.GetValueOrDefault();
    }

    private List<HashPart> ReadInput(ref Utf8JsonReader reader)
    {
        reader.Read();
        JsonTokens.Expect(in reader, JsonTokenType.StartArray);
        List<HashPart> input = [];
        while (JsonTokens.NextElement(ref reader))
        {
            input.Add(reader.TokenType == JsonTokenType.String
                ? new HashPart(JsonText.Read(ref reader), [], UnitType.String)
                : ReadUnit(ref reader));
        }

        if (input.Count == 0)
        {
            JsonTokens.Refuse("a hash needs an input");
        }

        return input;
    }

    private HashPart ReadUnit(ref Utf8JsonReader reader)
    {
        JsonTokens.Expect(in reader, JsonTokenType.StartObject);
        List<int> slots = [];
        UnitType type = UnitType.String;
        while (JsonTokens.NextMember(ref reader))
        {
            if (JsonTokens.Is(in reader, "attr"u8))
            {
                slots.Clear();
                reader.Read();
                JsonTokens.Expect(in reader, JsonTokenType.StartArray);
                while (JsonTokens.NextElement(ref reader))
                {
                    slots.Add(parts.Units.ReadUnit(ref reader));
                }
            }
            else if (JsonTokens.Is(in reader, "as"u8))
            {
                type = ReadType(ref reader);
            }
            else
            {
                JsonTokens.Refuse("a unit has a member that this reader does not know");
            }
        }

        if (slots.Count == 0)
        {
            JsonTokens.Refuse("a unit needs an attribute");
        }

        return new HashPart(null, [.. slots], type);
    }

    private static UnitType ReadType(ref Utf8JsonReader reader)
    {
        UnitType? type = JsonTokens.ReadText(ref reader) switch
        {
            "string" => UnitType.String,
            "truthy" => UnitType.Truthy,
            "int" => UnitType.Integer,
            "any" => UnitType.Any,
            _ => null,
        };
        if (type is null)
        {
            JsonTokens.Refuse("as is one of string, truthy, int, any");
        }

        return type.GetValueOrDefault();
    }
}
