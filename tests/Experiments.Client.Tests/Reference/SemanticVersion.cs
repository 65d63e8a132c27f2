using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Experiments.Client.Tests.Reference;

/// <summary>Strict SemVer 2.0.0 (https://semver.org/spec/v2.0.0.html): identifiers of the core and of the pre-release.</summary>
internal sealed partial record SemanticVersion(BigInteger[] Core, string[] PreRelease)
{
    /// <summary>Null where the text is no version.</summary>
    public static SemanticVersion? Parse(string text)
    {
        Match match = Format().Match(text);
        if (!match.Success)
        {
            return null;
        }

        string preRelease = match.Groups["pre"].Value;
        return new SemanticVersion(
            [Number(match.Groups["major"].Value), Number(match.Groups["minor"].Value), Number(match.Groups["patch"].Value)],
            preRelease.Length == 0 ? [] : preRelease.Split('.'));
    }

    /// <summary>Precedence: negative, zero or positive. Build metadata does not count.</summary>
    public int CompareWith(SemanticVersion other)
    {
        for (int i = 0; i < Core.Length; i++)
        {
            if (Core[i] != other.Core[i])
            {
                return Core[i].CompareTo(other.Core[i]);
            }
        }

        if (PreRelease.Length == 0 || other.PreRelease.Length == 0)
        {
            return other.PreRelease.Length - PreRelease.Length;
        }

        for (int i = 0; i < Math.Min(PreRelease.Length, other.PreRelease.Length); i++)
        {
            int order = CompareIdentifiers(PreRelease[i], other.PreRelease[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return PreRelease.Length - other.PreRelease.Length;
    }

    private static int CompareIdentifiers(string a, string b)
    {
        bool isNumberA = a.All(char.IsAsciiDigit);
        bool isNumberB = b.All(char.IsAsciiDigit);
        if (isNumberA && isNumberB)
        {
            return Number(a).CompareTo(Number(b));
        }

        if (isNumberA != isNumberB)
        {
            return isNumberA ? -1 : 1;
        }

        return string.CompareOrdinal(a, b);
    }

    private static BigInteger Number(string digits) => BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"\A(?<major>0|[1-9][0-9]*)\.(?<minor>0|[1-9][0-9]*)\.(?<patch>0|[1-9][0-9]*)"
        + @"(-(?<pre>(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(\.(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*))?"
        + @"(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Format();
}
