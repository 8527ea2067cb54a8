"""An application of thirty endpoints, as FastAPI's users write them. The document that it publishes is what the client is made of."""

import json
import sys
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Annotated, Literal, Union
from uuid import UUID

from fastapi import Body, Cookie, Depends, FastAPI, File, Form, Header, HTTPException, Path, Query, Response, UploadFile
from fastapi.responses import FileResponse, PlainTextResponse, RedirectResponse, StreamingResponse
from fastapi.security import APIKeyHeader, HTTPBearer, OAuth2PasswordBearer, OAuth2PasswordRequestForm
from pydantic import BaseModel, Field, SecretStr

app = FastAPI(title="Shop", version="1.2.0")
bearer = HTTPBearer()
key = APIKeyHeader(name="X-Key")
oauth2 = OAuth2PasswordBearer(tokenUrl="token")


class Colour(str, Enum):
    red = "red"
    dark_blue = "dark blue"


class Item(BaseModel):
    id: int
    name: str
    price: Decimal
    colour: Colour | None = None
    tags: list[str] = []
    made_on: date | None = None
    changed_at: datetime
    weight: float | None = None
    owner: UUID | None = None
    parts: list["Item"] = []
    attributes: dict[str, int | str] = {}


class NewItem(BaseModel):
    name: str = Field(min_length=1, max_length=40)
    price: Decimal
    colour: Colour | None = None
    tags: list[str] = []
    made_on: date | None = None


class ItemChange(BaseModel):
    name: str | None = None
    price: Decimal | None = None
    colour: Colour | None = None


class Cat(BaseModel):
    kind: Literal["cat"] = "cat"
    lives: int


class Dog(BaseModel):
    kind: Literal["dog"] = "dog"
    good: bool


class Email(BaseModel):
    address: str


class Phone(BaseModel):
    number: str
    extension: int | None = None


class Page(BaseModel):
    items: list[Item]
    next: str | None = None
    total: int


class Token(BaseModel):
    access_token: str
    token_type: str


class Account(BaseModel):
    name: str
    client_secret: SecretStr | None = None


class Problem(BaseModel):
    detail: str


def item(number: int) -> Item:
    return Item(
        id=number,
        name=f"item {number}",
        price=Decimal("19.90"),
        colour=Colour.dark_blue,
        tags=["new", "a b"],
        made_on=date(2024, 2, 29),
        changed_at=datetime(2024, 2, 29, 12, 30, tzinfo=timezone.utc),
        owner=UUID("12345678-1234-5678-1234-567812345678"),
        parts=[],
        attributes={"height": 3, "label": "x"},
    )


@app.get("/items")
def list_items(
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
    tag: Annotated[list[str] | None, Query()] = None,
    colour: Colour | None = None,
    since: datetime | None = None,
    on: date | None = None,
    cheap: bool | None = None,
) -> Page:
    found = [item(number) for number in range(min(limit, 3))]
    if tag:
        found[0].tags = tag
    if colour:
        found[0].colour = colour
    if since:
        found[0].changed_at = since
    if on:
        found[0].made_on = on
    return Page(items=found, next=None if cheap else "2", total=3)


@app.post("/items", status_code=201)
def create_item(new: NewItem) -> Item:
    made = item(7).model_copy(update=new.model_dump())
    return made


@app.get("/items/{item_id}", responses={404: {"model": Problem}})
def read_item(item_id: int) -> Item:
    if item_id == 404:
        raise HTTPException(404, "no such item")
    return item(item_id)


@app.put("/items/{item_id}")
def replace_item(item_id: int, new: NewItem) -> Item:
    return item(item_id).model_copy(update=new.model_dump())


@app.patch("/items/{item_id}")
def change_item(item_id: int, change: ItemChange) -> Item:
    return item(item_id).model_copy(update=change.model_dump(exclude_unset=True))


@app.delete("/items/{item_id}", status_code=204)
def delete_item(item_id: int) -> None:
    return None


@app.get("/items/{item_id}/name")
def read_item_name(item_id: int) -> str:
    return f"item {item_id}"


@app.get("/items/{item_id}/count")
def count_item(item_id: int) -> int:
    return item_id * 2


@app.get("/items/{item_id}/price")
def price_item(item_id: int) -> Decimal:
    return Decimal("0.10")


@app.post("/items/prices")
def sum_prices(prices: list[Decimal]) -> Decimal:
    return sum(prices, Decimal(0))


@app.get("/names")
def list_names() -> dict[str, list[int]]:
    return {"a": [1, 2], "b": []}


@app.post("/pets")
def create_pet(pet: Annotated[Union[Cat, Dog], Field(discriminator="kind")]) -> Annotated[
    Union[Cat, Dog], Field(discriminator="kind")
]:
    return pet


@app.post("/contacts")
def create_contact(contact: Email | Phone) -> list[Email | Phone]:
    return [contact, Email(address="a@example.com"), Phone(number="1", extension=2)]


@app.post("/scalars")
def echo_scalar(value: Annotated[int | bool | str, Body()]) -> int | bool | str:
    return value


@app.post("/nothing")
def echo_nothing(value: Annotated[str | None, Body()]) -> str | None:
    return value


@app.post("/anything")
def echo_anything(value: Annotated[dict, Body()]) -> dict:
    return value


@app.post("/several")
def several(first: Email, second: Phone, importance: Annotated[int, Body()]) -> dict[str, int]:
    return {first.address: importance, second.number: second.extension or 0}


@app.post("/login")
def login(name: Annotated[str, Form()], password: Annotated[str, Form()], remember: Annotated[bool, Form()] = False) -> Account:
    return Account(name=f"{name}/{password}/{remember}")


@app.post("/token")
def token(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> Token:
    return Token(access_token=f"{form.username}:{form.password}", token_type="bearer")


@app.post("/files")
def upload(file: Annotated[bytes, File()], note: Annotated[str, Form()]) -> dict[str, int]:
    return {note: len(file)}


@app.post("/files/many")
def upload_many(files: list[UploadFile]) -> list[str]:
    return [f"{file.filename}:{file.content_type}:{file.file.read().decode()}" for file in files]


@app.get("/files/{path:path}", response_class=FileResponse)
def download(path: str):
    return FileResponse(__file__, media_type="application/octet-stream")


@app.get("/text", response_class=PlainTextResponse)
def text() -> str:
    return "grüße"


@app.get("/stream")
def stream():
    return StreamingResponse(iter(["one\n", "two\n"]), media_type="text/plain")


@app.get("/old", status_code=307, response_class=RedirectResponse)
def old():
    return RedirectResponse("/text")


@app.get("/cookies")
def cookies(session: Annotated[str, Cookie()], theme: Annotated[str | None, Cookie()] = None) -> list[str | None]:
    return [session, theme]


@app.get("/headers")
def headers(x_token: Annotated[str, Header()], x_list: Annotated[list[int] | None, Header()] = None) -> dict[str, list[int]]:
    return {x_token: x_list or []}


@app.get("/me")
def me(credential: Annotated[object, Depends(bearer)]) -> Account:
    return Account(name=credential.credentials)


@app.get("/keyed")
def keyed(credential: Annotated[str, Depends(key)], response: Response) -> str:
    response.headers["X-Seen"] = "yes"
    return credential


@app.get("/owned")
def owned(credential: Annotated[str, Depends(oauth2)]) -> str:
    return credential


@app.get("/times/{day}")
def times(day: date, at: datetime, lasting: timedelta | None = None) -> dict[str, datetime | date | timedelta | None]:
    return {"day": day, "at": at, "lasting": lasting}


@app.get("/range/{low}/{high}")
def between(low: Annotated[int, Path(ge=0)], high: Annotated[float, Path(gt=0)], exact: Decimal | None = None) -> list[float]:
    return [low, high, float(exact or 0)]


if __name__ == "__main__":
    if sys.argv[1:] == ["document"]:
        json.dump(app.openapi(), sys.stdout, indent=2)
    else:
        import uvicorn

        uvicorn.run(app, port=int(sys.argv[1]), log_level="warning")
