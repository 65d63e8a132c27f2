using System.Text;
using System.Runtime.InteropServices;
using System.Text.Json;
using Experiments.Client.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>
/// What was found wrong, and the checks that are the same everywhere. Of a member that is there twice the last one counts. Those that the
/// parser reads where they stand must be right each time (<see cref="Each"/>); those that it keeps for later only the last time
/// (<see cref="Last"/>).
/// </summary>
internal sealed class FaultLog
{
    // Enough to see what is wrong; a file of another kind would list thousands.
    private const int MaxFaults = 100;

    private readonly List<string> _faults = [];

    public IReadOnlyList<string> Faults => _faults;

    public bool IsFull => _faults.Count >= MaxFaults;

    public void Add(FaultPath path, string fault) => _faults.Add($"{path}: {fault}");

    public void AddUnreadable(string fault) => _faults.Add(fault);

    /// <summary>Whether the value is of this type.</summary>
    public bool Check(JsonElement element, FaultPath path, JsonValueKind kind)
    {
        if (element.ValueKind == kind)
        {
            return true;
        }

        Add(path, $"{Describe(element.ValueKind)} where {Describe(kind)} must be");
        return false;
    }

    /// <summary>Checks every member of this name.</summary>
    public void Each(JsonElement owner, FaultPath path, string name, bool isRequired, Action<JsonElement, FaultPath> check)
    {
        bool isThere = false;
        foreach (JsonProperty property in owner.EnumerateObject())
        {
            if (Is(property, name))
            {
                isThere = true;
                check(property.Value, path.Member(name));
            }
        }

        if (!isThere && isRequired)
        {
            Add(path.Member(name), "missing");
        }
    }

    /// <summary>Checks the last member of this name.</summary>
    public void Last(JsonElement owner, FaultPath path, string name, bool isRequired, Action<JsonElement, FaultPath> check)
    {
        if (TryGet(owner, name, out JsonElement member))
        {
            check(member, path.Member(name));
        }
        else if (isRequired)
        {
            Add(path.Member(name), "missing");
        }
    }

    /// <summary>The last member of this name. Names with lone surrogates, on which the serializer's own look-up throws, are names like others.</summary>
    public static bool TryGet(JsonElement owner, string name, out JsonElement member)
    {
        member = default;
        foreach (JsonProperty property in owner.EnumerateObject())
        {
            if (Is(property, name))
            {
                member = property.Value;
            }
        }

        return member.ValueKind != JsonValueKind.Undefined;
    }

    public void EachOf(JsonElement owner, FaultPath path, string name, bool isRequired, JsonValueKind kind) =>
        Each(owner, path, name, isRequired, (value, at) => Check(value, at, kind));

    public void EachText(JsonElement owner, FaultPath path, string name, bool isRequired) =>
        EachOf(owner, path, name, isRequired, JsonValueKind.String);

    public void EachBoolean(JsonElement owner, FaultPath path, string name) => Each(owner, path, name, isRequired: false, (value, at) =>
    {
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Check(value, at, JsonValueKind.True);
        }
    });

    /// <summary>One of these words.</summary>
    public void EachWord(JsonElement owner, FaultPath path, string name, bool isRequired, params string[] words) =>
        Each(owner, path, name, isRequired, (value, at) => Word(value, at, words));

    public void Word(JsonElement value, FaultPath path, params string[] words)
    {
        if (Check(value, path, JsonValueKind.String) && !words.Contains(JsonText.Read(value), StringComparer.Ordinal))
        {
            Add(path, $"{Shown(value)} is not one of {string.Join(", ", words)}");
        }
    }

    /// <summary>A variant's key, or null.</summary>
    public void VariantKey(JsonElement value, FaultPath path)
    {
        if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
        {
            Add(path, $"{Describe(value.ValueKind)} where the key of a variant or null must be");
        }
    }

    public void Bound(JsonElement value, FaultPath path)
    {
        bool isBound = value.ValueKind switch
        {
            JsonValueKind.Number => WholeNumberConverter.TryRead(value, out long whole) && whole is >= 0 and <= LoadLimits.MaxNumberBound,
            JsonValueKind.String => IsDigits(value),
            _ => false,
        };
        if (!isBound)
        {
            Add(path, $"{Shown(value)} is not an integer from 0 to 2^64, as a decimal string above 2^53");
        }
    }

    public void Integer(JsonElement value, FaultPath path, long min, long max)
    {
        if (Check(value, path, JsonValueKind.Number)
            && !(WholeNumberConverter.TryRead(value, out long number) && number >= min && number <= max))
        {
            Add(path, max == long.MaxValue
                ? $"{Shown(value)} is not an integer{(min == 0 ? " from 0 on" : "")}"
                : $"{Shown(value)} is not an integer{(min == 0 ? " from 0" : "")} to {max}");
        }
    }

    /// <summary>Checks every item of a list.</summary>
    public void Items(JsonElement list, FaultPath path, Action<JsonElement, FaultPath> check)
    {
        if (!Check(list, path, JsonValueKind.Array))
        {
            return;
        }

        int index = 0;
        foreach (JsonElement item in list.EnumerateArray())
        {
            check(item, path.Item(index++));
            if (IsFull)
            {
                return;
            }
        }
    }

    /// <summary>Checks every member, whatever its name.</summary>
    public void Members(JsonElement owner, FaultPath path, Action<JsonElement, FaultPath> check)
    {
        if (!Check(owner, path, JsonValueKind.Object))
        {
            return;
        }

        foreach (JsonProperty property in owner.EnumerateObject())
        {
            check(property.Value, path.Member(JsonText.ReadName(property)));
            if (IsFull)
            {
                return;
            }
        }
    }

    /// <summary>Where an unknown member could change what the others mean.</summary>
    public void OnlyMembers(JsonElement owner, FaultPath path, params string[] names)
    {
        foreach (JsonProperty property in owner.EnumerateObject())
        {
            string name = JsonText.ReadName(property);
            if (!names.Contains(name, StringComparer.Ordinal))
            {
                Add(path.Member(name), "a member that this reader does not know there");
            }

            if (IsFull)
            {
                return;
            }
        }
    }

    /// <summary>The value as it is written, where that is short.</summary>
    public static string Shown(JsonElement value)
    {
        const int MaxShown = 40;
        if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            return Describe(value.ValueKind);
        }

        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(value);
        return raw.Length <= MaxShown ? Encoding.UTF8.GetString(raw) : Describe(value.ValueKind);
    }

    public static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };

    private static bool Is(JsonProperty property, string name)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8PropertyName(property);
        return raw.Contains((byte)'\\') ? JsonText.ReadName(property) == name : Ascii.Equals(raw, name);
    }

    private static bool IsDigits(JsonElement value)
    {
        const int MaxEscapedLength = (20 * 6) + 2;
        if (JsonMarshal.GetRawUtf8Value(value).Length > MaxEscapedLength)
        {
            return false;
        }

        // What is not ASCII becomes a byte that is no digit.
        return JsonTokens.TryReadDigits(Encoding.ASCII.GetBytes(JsonText.Read(value)), out _);
    }
}
