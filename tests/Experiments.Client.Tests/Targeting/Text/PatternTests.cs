using Experiments.Client.Targeting.Text;

namespace Experiments.Client.Tests.Targeting.Text;

/// <summary>What each item of RE2 syntax matches. Cases that RE2 itself answered are in <see cref="PatternVectorTests"/>.</summary>
public sealed class PatternTests
{
    private const char Separator = '|';

    // Texts are separated by |.
    [Theory]
    [InlineData("", "|a|\n", null)]
    [InlineData("abc", "abc|xabcx|ababc", "|ab|ABC|ab c")]
    [InlineData("a.c", "abc|a.c|aéc|a😀c|a\rc", "ac|a\nc|abbc")]
    [InlineData("(?s)a.c", "a\nc|abc", "ac")]
    [InlineData("^.$", "a|é|😀|\u2028", "|ab|\n|a\n|😀😀")]
    [InlineData("^a", "a|ab", "ba|\na")]
    [InlineData("a$", "a|ba", "ab|a\n")]
    [InlineData("(?m)^a$", "a|b\na|a\nb|b\na\nb", "ab|ba|a\r\n")]
    [InlineData(@"\Aa\z", "a", "a\n|\na|aa")]
    [InlineData(@"(?m)\Aa\z", "a", "b\na|a\n")]
    [InlineData("[abc]", "a|xc", "d|A|")]
    [InlineData("[^abc]", "d|ad|\n", "a|abc|")]
    [InlineData("^[a-cx]+$", "abc|x|cabx", "d|w|-|")]
    [InlineData("^[-a]+$|^[b-]+$", "-|a-|b-", "ab|c")]
    [InlineData("^[]a]+$", "]|a]", "b|[")]
    [InlineData("^[^]a]+$", "b|[", "]|a")]
    [InlineData(@"^[\]\\\-\^]+$", @"]\-^|\", "a|[")]
    [InlineData("^[[:alpha:]]+$", "aZ", "é|1|_|:")]
    [InlineData("^[[:^alpha:]]+$", "é|1|_", "a|Z")]
    [InlineData("^[^[:^digit:]]+$", "09", "a|٣")]
    [InlineData("^[[:alnum:]]$", "a|Z|5", "_|é")]
    [InlineData("^[[:ascii:]]$", "\0|\x7f|a", "\x80|é")]
    [InlineData("^[[:blank:]]$", " |\t", "\n|\u00a0")]
    [InlineData("^[[:cntrl:]]$", "\0|\x1f|\x7f", " |\x80")]
    [InlineData("^[[:graph:]]$", "!|~|a", " |\x7f")]
    [InlineData("^[[:print:]]$", "!|~| ", "\t|\x7f")]
    [InlineData("^[[:punct:]]$", "!|/|:|@|[|`|{|~", "a|0| ")]
    [InlineData("^[[:space:]]$", " |\t|\n|\v|\f|\r", "a|\u00a0")]
    [InlineData("^[[:lower:][:digit:]]$", "a|z|5", "A|é")]
    [InlineData("^[[:upper:]]$", "A|Z", "a|É")]
    [InlineData("^[[:word:]]$", "a|_|9", "-|é")]
    [InlineData("^[[:xdigit:]]$", "0|f|F", "g|G")]
    [InlineData("^[[:x]+$", "[:x|[", "a|]")]
    [InlineData(@"^\d$", "0|9", "a|٣|x")]
    [InlineData(@"^\D$", "a|٣|\n", "0|9")]
    [InlineData(@"^\s$", " |\t|\n|\f|\r", "\v|\u00a0|a|\u2028")]
    [InlineData(@"^\S$", "\v|\u00a0|a", " |\t")]
    [InlineData(@"^\w$", "a|Z|0|_", "-|é|ß| ")]
    [InlineData(@"^\W$", "-|é| |\n", "a|_")]
    [InlineData(@"^[\d\-a]+$", "1-a", "b")]
    [InlineData(@"^[^\d\s]+$", "ab", "a1|a b")]
    [InlineData(@"\bfoo\b", "foo|a foo b|foo-bar|éfoo|fooé", "afoo|foo_|foo1")]
    [InlineData(@"\Boo\B", "foox", "oo|foo|oox")]
    [InlineData(@"^\b|\b$", "a| a", "|- -|é")]
    [InlineData(@"^\B$", "|", "a|-")]
    [InlineData(@"^\pL$", "a|é|ß|漢|𝒜", "1| |\u0301")]
    [InlineData(@"^\p{L}\p{Lu}\p{Ll}$", "aBc|éÉé", "abc|aBC")]
    [InlineData(@"^\PL$", "1|😀", "a|é")]
    [InlineData(@"^\P{Lu}$|^\p{^Ll}$", "a|A|1", "")]
    [InlineData(@"^\P{^Lu}$", "A|É", "a|1")]
    [InlineData(@"^\p{Nd}$", "1|٣", "½|a")]
    [InlineData(@"^\pN\pZ\pP\pS\pM$", "½ !+\u0301|٣\u2028—€\u20dd", "a !+\u0301")]
    [InlineData(@"^[\p{Lu}\pN_]+$", "AÉ1_", "a|-")]
    [InlineData(@"^[^\p{Lu}\P{L}]+$", "aé", "A|1")]
    [InlineData(@"^\p{Any}$", "a|\n|😀", "")]
    [InlineData(@"^\p{So}$", "😀", "a|\ud83d")]
    [InlineData("a*b", "b|aab|ab", "a|")]
    [InlineData("^a+b$", "ab|aab", "b|")]
    [InlineData("^a?b$", "b|ab", "aab")]
    [InlineData("^(?:a*?b+?c??)+?$", "b|abc|bcabb", "a|c|")]
    [InlineData("^a{2}$", "aa", "a|aaa|")]
    [InlineData("^a{2,}$", "aa|aaaaa", "a|")]
    [InlineData("^a{0,2}$", "|a|aa", "aaa")]
    [InlineData("^a{1,3}?$", "a|aa|aaa", "|aaaa")]
    [InlineData("^(?:ab){0}$", "|", "ab")]
    [InlineData("^a{0,}$", "|aa", "b")]
    [InlineData("^(a|b*){2,3}$", "|a|aa|bbb|aba|abba", "c|abab")]
    [InlineData("^a{,2}$", "a{,2}", "a|")]
    [InlineData("^a{2,1x}{}$", "a{2,1x}{}", "aa")]
    [InlineData("^a{02}$", "a{02}", "aa")]
    [InlineData("^{$", "{", "")]
    [InlineData("^x{2}{$", "xx{", "xx")]
    [InlineData("^(ab|cd)+$", "ab|abcd|cdcdab", "abc|")]
    [InlineData("^(?:a(b(c)?)?)$", "a|ab|abc", "ac")]
    [InlineData("^(?P<one>a)(?<two>b)(?P<dre1_é>c)$", "abc", "ab")]
    [InlineData("^(?i)aB$", "ab|AB|aB", "a")]
    [InlineData("^(?i:a)b$", "Ab|ab", "AB|aB")]
    [InlineData("^(a(?i)b)c$", "aBc|abc", "ABc|abC")]
    [InlineData("^(?i)a(?-i)b$", "Ab", "AB")]
    [InlineData("^(?:a(?i)b;c)$", "aB;C|ab;c", "Ab;c")]
    [InlineData("^(?i-s:a.)$", "Ab", "a\n")]
    [InlineData("^(?is)a.$", "A\n", "b")]
    [InlineData("^(?s:.).$", "\na", "a\n")]
    [InlineData("^(?U)a+?(?-U)b*?$", "aab", "ba")]
    [InlineData("(?)a", "a", "b")]
    [InlineData(@"^\Qa.b*(\E+$", "a.b*(|a.b*((", "aabb(")]
    [InlineData(@"^\Q\E$", "|", "a")]
    [InlineData(@"^a\Q*", "a*", "aa")]
    [InlineData(@"^\x41\x{42}\x{1F600}\x7a$", "AB😀z", "AB")]
    [InlineData(@"^\101\0\08\377$", "A\0\08ÿ", "A")]
    [InlineData(@"^\a\f\t\n\r\v$", "\a\f\t\n\r\v", "a")]
    [InlineData(@"^[\a\x41-\x{43}\n\101]$", "\a|A|C|\n", "D|a")]
    [InlineData(@"^\.\*\+\?\(\)\[\]\{\}\^\$\-\\\/\_\ \""$", ".*+?()[]{}^$-\\/_ \"", "a")]
    [InlineData("^[😀-😂]$", "😀|😁|😂", "😃|a|\ud83d")]
    [InlineData("^[^a]$", "😀", "a|😀😀")]
    public void IsMatch_EverySyntaxItem_AsRe2(string pattern, string matching, string? others)
    {
        Pattern parsed = Parse(pattern);
        Assert.All(matching.Split(Separator), text => Assert.True(parsed.IsMatch(text), $"{pattern} on '{text}'"));
        Assert.All(Others(others, matching), text => Assert.False(parsed.IsMatch(text), $"{pattern} on '{text}'"));
    }

    [Theory]
    [InlineData("^kelvin$", "KELVIN|\u212aelvin", "")]
    [InlineData("^straße$", "STRAßE|ſtraße|STRAẞE", "strasse|STRASSE")]
    [InlineData("^σ$", "Σ|ς", "s")]
    [InlineData("^\u00e5$", "Å|\u212b", "a")]
    [InlineData("^µ$", "\u03bc|\u039c", "m")]
    [InlineData("^\u01c5$", "\u01c4|\u01c6", "d")]
    [InlineData("^𐐀$", "𐐨", "𐐩")]
    [InlineData("^İ$", "İ", "i|I|ı")]
    [InlineData("^ı$", "ı", "i|I")]
    [InlineData("^i$", "I", "ı|İ")]
    [InlineData("^[k-m]+$", "KLM|\u212a", "n")]
    [InlineData("^[^k]$", "j", "K|\u212a|k")]
    [InlineData("^[à-ý]$", "À|É", "a")]
    [InlineData(@"^\p{Lu}$", "a|A|é", "1|漢")]
    [InlineData(@"^\P{Lu}$", "1|漢", "a|A")]
    [InlineData(@"^[\P{Lu}a]$", "1|a|A", "b|B")]
    [InlineData(@"^\w$", "\u212a|ſ|k", "é")]
    [InlineData(@"^\W$", "é|-", "\u212a|ſ|k")]
    [InlineData("^[[:lower:]]$", "A|a|ſ", "1")]
    [InlineData("^[[:^lower:]]$", "1|é", "A|a|ſ")]
    [InlineData("^a(?-i)b$", "Ab", "AB")]
    public void IsMatch_IgnoringCase_TakesAllFormsOfALetter(string pattern, string matching, string others)
    {
        Assert.True(Pattern.TryParse(pattern, ignoreCase: true, out Pattern? parsed, out _));
        Assert.All(matching.Split(Separator), text => Assert.True(parsed.IsMatch(text), $"{pattern} on '{text}'"));
        Assert.All(Others(others, matching), text => Assert.False(parsed.IsMatch(text), $"{pattern} on '{text}'"));
        Assert.Equal(parsed.IsMatch(matching), Parse("(?i)" + pattern).IsMatch(matching));
    }

    // Not cases of a theory: attributes cannot hold such texts.
    [Fact]
    public void IsMatch_LoneSurrogates_AreCharactersOfTheirOwn()
    {
        Assert.True(Parse("^..$").IsMatch("\ud83da"));
        Assert.True(Parse("^..$").IsMatch("\ude00\ud83d"));
        Assert.True(Parse("^.$").IsMatch("\ud83d\ude00"));
        Assert.True(Parse("\ud83d").IsMatch("a\ud83d"));
        Assert.False(Parse("\ud83d").IsMatch("\ud83d\ude00"));
        Assert.False(Parse("\ude00").IsMatch("a\ud83d\ude00"));
        Assert.True(Parse("\ude00").IsMatch("\ud83d\ude00\ude00"));
        Assert.True(Parse(@"^\p{Cs}\x{D83D}[\x{D83D}]$").IsMatch("\ude00\ud83d\ud83d"));
        Assert.True(Parse("[^a]").IsMatch("\ud83d"));
        Assert.True(Parse("(?i)^\ud83d$").IsMatch("\ud83d"));
    }

    [Theory]
    [InlineData("needle", "hay needle hay", true)]
    [InlineData("needle", "need needl neneedle", true)]
    [InlineData("needle", "need needl neneedl", false)]
    [InlineData("nee+dle$", "needle needle", true)]
    [InlineData("nee+dle$", "needle needle ", false)]
    [InlineData("😀b", "😀a😀b", true)]
    [InlineData("a|b", "xxxb", true)]
    [InlineData("^needle", "needles", true)]
    [InlineData("^needle", "a needle", false)]
    [InlineData("(^a|b)c", "xac", false)]
    [InlineData("(^a|b)c", "xbc", true)]
    public void IsMatch_PatternWithAPrefix_FindsItAnywhere(string pattern, string text, bool expected) =>
        Assert.Equal(expected, Parse(pattern).IsMatch(text));

    private static IEnumerable<string> Others(string? others, string matching) =>
        others is null or "" ? [] : others.Split(Separator).Except(matching.Split(Separator));

    private static Pattern Parse(string pattern)
    {
        Assert.True(Pattern.TryParse(pattern, ignoreCase: false, out Pattern? parsed, out string fault), $"{pattern}: {fault}");
        Assert.Empty(fault);
        return parsed;
    }
}
