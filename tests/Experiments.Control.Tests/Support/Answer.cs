using System.Net;
using System.Text.Json;

namespace Experiments.Control.Tests.Support;

/// <summary>An HTTP answer, read to its end.</summary>
internal sealed record Answer(HttpStatusCode Status, string? ContentType, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    private static readonly string[] ProblemMembers = ["type", "title", "status", "detail", "instance", "error"];

    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonElement.Parse(Body);

    public string Id => Json.GetProperty("id").GetString()!;

    public JsonElement this[string member] => Json.GetProperty(member);

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The same answer, for further assertions.</summary>
    public Answer Expect(HttpStatusCode status)
    {
        Assert.True(status == Status, $"Expected {(int)status}, got {(int)Status}: {Text}");
        return this;
    }

    /// <summary>Asserts the status and the form that every error has; answers its sentence.</summary>
    public string ExpectProblem(HttpStatusCode status)
    {
        Expect(status);
        Assert.Equal("application/problem+json", ContentType);
        JsonElement problem = Json;
        Assert.Equal(ProblemMembers, problem.EnumerateObject().Select(member => member.Name));
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        foreach (string member in ProblemMembers.Where(member => member != "status"))
        {
            Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty(member).GetString()), $"{member} is blank: {Text}");
        }

        return problem.GetProperty("error").GetString()!;
    }
}
