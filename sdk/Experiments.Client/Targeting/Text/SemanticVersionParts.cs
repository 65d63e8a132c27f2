namespace Experiments.Client.Targeting.Text;

/// <summary>The parts of a version's text that decide its precedence, by SemVer 2.0.0 (https://semver.org/spec/v2.0.0.html).</summary>
internal readonly ref struct SemanticVersionParts
{
    /// <summary>From valid parts.</summary>
    public SemanticVersionParts(ReadOnlySpan<char> major, ReadOnlySpan<char> minor, ReadOnlySpan<char> patch, ReadOnlySpan<char> preRelease)
    {
        Major = major;
        Minor = minor;
        Patch = patch;
        PreRelease = preRelease;
    }

    public ReadOnlySpan<char> Major { get; }

    public ReadOnlySpan<char> Minor { get; }

    public ReadOnlySpan<char> Patch { get; }

    /// <summary>Identifiers with dots between; empty for a release.</summary>
    public ReadOnlySpan<char> PreRelease { get; }

    /// <summary>Takes what the specification allows and nothing else: no leading <c>v</c>, no spaces, no missing part.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SemanticVersionParts parts)
    {
        parts = default;
        int plus = text.IndexOf('+');
        ReadOnlySpan<char> precedence = plus < 0 ? text : text[..plus];
        int dash = precedence.IndexOf('-');
        ReadOnlySpan<char> core = dash < 0 ? precedence : precedence[..dash];
        ReadOnlySpan<char> preRelease = dash < 0 ? default : precedence[(dash + 1)..];
        bool isValid = (plus < 0 || AreIdentifiers(text[(plus + 1)..], allowsLeadingZeros: true))
            && (dash < 0 || AreIdentifiers(preRelease, allowsLeadingZeros: false));

        ReadOnlySpan<char> major = TakeIdentifier(ref core);
        ReadOnlySpan<char> minor = TakeIdentifier(ref core);
        if (!isValid || !DecimalText.IsNumber(major) || !DecimalText.IsNumber(minor) || !DecimalText.IsNumber(core))
        {
            return false;
        }

        parts = new SemanticVersionParts(major, minor, core, preRelease);
        return true;
    }

    /// <summary>-1, 0 or 1 as this version has lower, the same or higher precedence.</summary>
    public int Against(SemanticVersionParts other)
    {
        int sign = CompareNumbers(Major, other.Major);
        sign = sign != 0 ? sign : CompareNumbers(Minor, other.Minor);
        sign = sign != 0 ? sign : CompareNumbers(Patch, other.Patch);
        return sign != 0 ? sign : ComparePreReleases(PreRelease, other.PreRelease);
    }

    private static int ComparePreReleases(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        if (one.IsEmpty || other.IsEmpty)
        {
            // A release comes after its pre-releases.
            return one.IsEmpty.CompareTo(other.IsEmpty);
        }

        while (!one.IsEmpty && !other.IsEmpty)
        {
            int sign = CompareIdentifiers(TakeIdentifier(ref one), TakeIdentifier(ref other));
            if (sign != 0)
            {
                return sign;
            }
        }

        return other.IsEmpty.CompareTo(one.IsEmpty);
    }

    private static int CompareIdentifiers(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        bool isNumber = DecimalText.IsNumber(one);
        if (isNumber != DecimalText.IsNumber(other))
        {
            return isNumber ? -1 : 1;
        }

        return isNumber ? CompareNumbers(one, other) : Math.Sign(one.SequenceCompareTo(other));
    }

    /// <summary>By their digits, so that numbers of any length can be compared; without leading zeros the longer one is greater.</summary>
    private static int CompareNumbers(ReadOnlySpan<char> one, ReadOnlySpan<char> other) =>
        one.Length != other.Length ? one.Length.CompareTo(other.Length) : Math.Sign(one.SequenceCompareTo(other));

    /// <summary>Up to the next dot, which is taken too. What is left is empty after the last one.</summary>
    private static ReadOnlySpan<char> TakeIdentifier(scoped ref ReadOnlySpan<char> rest)
    {
        int dot = rest.IndexOf('.');
        ReadOnlySpan<char> identifier = dot < 0 ? rest : rest[..dot];
        rest = dot < 0 ? default : rest[(dot + 1)..];
        return identifier;
    }

    private static bool AreIdentifiers(ReadOnlySpan<char> text, bool allowsLeadingZeros)
    {
        // Of a text that ends with a dot the last identifier is empty, and would not be taken.
        bool areValid = text.Length > 0 && text[^1] != '.';
        while (areValid && !text.IsEmpty)
        {
            ReadOnlySpan<char> identifier = TakeIdentifier(ref text);
            areValid = IsIdentifier(identifier)
                && (allowsLeadingZeros || !DecimalText.AreDigits(identifier) || DecimalText.IsNumber(identifier));
        }

        return areValid;
    }

    private static bool IsIdentifier(ReadOnlySpan<char> identifier)
    {
        foreach (char unit in identifier)
        {
            if (!char.IsAsciiLetterOrDigit(unit) && unit != '-')
            {
                return false;
            }
        }

        return identifier.Length > 0;
    }
}
