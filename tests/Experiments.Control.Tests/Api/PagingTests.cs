using System.Net;
using System.Text.Json;
using Experiments.Control.Tests.Support;

namespace Experiments.Control.Tests.Api;

public sealed class PagingTests(ControlServer server) : IClassFixture<ControlServer>
{
    private const int DefaultPageSize = 20;

    private ApiClient Api => server.Api;

    public static TheoryData<string, string> RefusedQueries()
    {
        string[] queries =
        [
            "page=1", "pageSize=20", "page=0&pageSize=20", "page=-1&pageSize=20", "page=1&pageSize=0", "page=1&pageSize=101",
            "page=x&pageSize=20", "page=1&pageSize=x", "page=1.5&pageSize=20", "page=1&pageSize=", "page=&pageSize=20",
            "page=99999999999&pageSize=20", "page=%2B1&pageSize=20", "page=1&page=2&pageSize=20",
        ];
        TheoryData<string, string> data = [];
        foreach (string list in new[] { "/environments", "/audiences", "/experiments" })
        {
            foreach (string query in queries)
            {
                data.Add(list, query);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(RefusedQueries))]
    public async Task List_QueryOutOfRange_Answers400NamingTheParameter(string list, string query)
    {
        string error = (await Api.GetAsync($"{list}?{query}")).ExpectProblem(HttpStatusCode.BadRequest);

        Assert.StartsWith("page", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/environments")]
    [InlineData("/audiences")]
    [InlineData("/experiments")]
    public async Task List_WithoutQuery_AnswersPage1Of20(string list)
    {
        Answer answer = (await Api.GetAsync(list)).Expect(HttpStatusCode.OK);

        Shapes.AssertMembers(["data", "pagination"], answer.Json);
        Shapes.AssertMembers(["page", "pageSize", "total", "totalPages"], answer["pagination"]);
        Assert.Equal(1, answer["pagination"].GetProperty("page").GetInt32());
        Assert.Equal(DefaultPageSize, answer["pagination"].GetProperty("pageSize").GetInt32());
    }

    [Theory]
    [InlineData("/environments")]
    [InlineData("/audiences")]
    [InlineData("/experiments")]
    public async Task List_LargestPage_IsTakenAsAsked(string list)
    {
        Answer answer = (await Api.GetAsync($"{list}?page=2147483647&pageSize=100")).Expect(HttpStatusCode.OK);

        Assert.Equal(0, answer["data"].GetArrayLength());
        Assert.Equal(int.MaxValue, answer["pagination"].GetProperty("page").GetInt32());
    }

    [Fact]
    public async Task List_MoreThanOnePage_SplitsWithoutGapOrRepeat()
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        List<string> created = [];
        for (int i = 0; i < DefaultPageSize + 2; i++)
        {
            created.Add((await Api.CreateExperimentAsync(environment.Id)).Id);
        }

        string list = $"/experiments?environmentId={environment.Id}";
        Answer first = await Api.GetAsync(list);
        Answer second = await Api.GetAsync($"{list}&page=2&pageSize=20");
        Answer beyond = await Api.GetAsync($"{list}&page=3&pageSize=20");

        Assert.Equal(
            Enumerable.Reverse(created), Shapes.Column(first["data"], "id").Concat(Shapes.Column(second["data"], "id")));
        Assert.Equal(DefaultPageSize, first["data"].GetArrayLength());
        Assert.Equal(0, beyond["data"].GetArrayLength());
        AssertPagination(first, 1, DefaultPageSize, 22, 2);
        AssertPagination(second, 2, DefaultPageSize, 22, 2);
        AssertPagination(beyond, 3, DefaultPageSize, 22, 2);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    [InlineData(100, 1)]
    public async Task List_ThreeItems_CountsPagesUpwards(int pageSize, int totalPages)
    {
        Answer environment = await Api.CreateEnvironmentAsync();
        for (int i = 0; i < 3; i++)
        {
            await Api.CreateAudienceAsync(environment.Id);
        }

        Answer answer = await Api.GetAsync($"/audiences?environmentId={environment.Id}&page=1&pageSize={pageSize}");

        AssertPagination(answer, 1, pageSize, 3, totalPages);
    }

    private static void AssertPagination(Answer answer, int page, int pageSize, int total, int totalPages)
    {
        JsonElement pagination = answer["pagination"];
        Assert.Equal(page, pagination.GetProperty("page").GetInt32());
        Assert.Equal(pageSize, pagination.GetProperty("pageSize").GetInt32());
        Assert.Equal(total, pagination.GetProperty("total").GetInt32());
        Assert.Equal(totalPages, pagination.GetProperty("totalPages").GetInt32());
    }
}
